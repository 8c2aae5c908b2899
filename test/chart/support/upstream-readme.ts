import { readFile } from 'node:fs/promises';

/** The README of XERV's own chart 0.1.0. */
export async function readUpstreamReadme(): Promise<string> {
  return readFile(new URL('../../fixtures/xerv-chart-readme.md', import.meta.url), 'utf8');
}

export interface ParameterTable {
  /** Without its explanation in brackets. */
  readonly heading: string;
  /** `Parameter` and `Default`; no default where the README only refers to the values. */
  readonly rows: readonly (readonly [parameter: string, fallback: string | undefined])[];
}

/** Every table of parameters, in its order. */
export function readParameterTables(readme: string): readonly ParameterTable[] {
  const sections = readme.split(/^### /m).filter((part) => /^\| Parameter /m.test(part));
  return sections.map((section) => {
    const rows = section.split('\n').filter((line) => line.startsWith('|'));
    return {
      heading: /^[^(\n]*/.exec(section)?.[0].trim() ?? '',
      rows: rows.slice(2).map((row) => {
        const cells = row.split('|').map((cell) => cell.trim());
        // What follows the code, such as "(default)", is a note.
        const code = (cell: string | undefined) => /^`([^`]*)`/.exec(cell ?? '')?.[1];
        return [code(cells[1]) ?? '', code(cells[3])] as const;
      }),
    };
  });
}

export interface Metric {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** The table of metrics. */
export function readMetricsTable(readme: string): readonly Metric[] {
  const rows = readme.matchAll(/^\| `(xerv_\w+)` *\| (\w+) *\| (.*?) *\|$/gm);
  return [...rows].map(([, name = '', type = '', description = '']) => ({
    name,
    type,
    description,
  }));
}

/** The `--set` expressions of each `helm install xerv xerv/xerv …` that has no values file. */
export function readInstallCommands(readme: string): readonly (readonly string[])[] {
  const joined = readme.replaceAll(/\\\n\s*/g, '');
  return [...joined.matchAll(/^ *helm install xerv xerv\/xerv(.*)$/gm)]
    .map(([, rest = '']) => rest.trim().split(/\s+/).filter(Boolean))
    .filter((args) => !args.includes('-f'));
}

/** The YAML block whose first line is `# <name>`. @throws where there is none */
export function readValuesFile(readme: string, name: string): string {
  const block = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
    .map(([, text = '']) => text)
    .find((text) => text.startsWith(`# ${name}\n`));
  if (block === undefined) throw new Error(`no ${name} in the README`);
  return block;
}

/** A block, named after its first comment, or after the line before it. */
export interface YamlBlock {
  readonly name: string;
  readonly text: string;
}

/** Every YAML block of the README, in its order. */
export function readYamlBlocks(readme: string): readonly YamlBlock[] {
  return [...readme.matchAll(/([^\n]*)\n+( *)```yaml\n([\s\S]*?)^ *```/gm)].map(
    ([, before = '', indent = '', text = '']) => ({
      name: /^ *# (\S+\.ya?ml)\n/.exec(text)?.[1] ?? before.replace(/[*:]|^ *\d\. /g, ''),
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/** Those that are for `helm install -f`. */
export function readValuesBlocks(readme: string): readonly YamlBlock[] {
  const sections = ['metrics', 'monitoring', 'serviceMesh', 'networkPolicy', 'keda', 'vpa'];
  const own = new RegExp(`^(replicaCount|autoscaling|${sections.join('|')}):`, 'm');
  return readYamlBlocks(readme).filter(({ text }) => own.test(text));
}
