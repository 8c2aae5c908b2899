import { readFile } from 'node:fs/promises';

/** The README of XERV's own chart 0.1.0. */
export async function readUpstreamReadme(): Promise<string> {
  return readFile(new URL('../../fixtures/xerv-chart-readme.md', import.meta.url), 'utf8');
}

/**
 * The first table under a heading, `Parameter` and `Default` of each row.
 * @throws where there is no such table
 */
export function readTable(readme: string, heading: string): readonly (readonly [string, string])[] {
  const section = readme.split(/^### /m).find((part) => part.startsWith(heading));
  const rows = (section ?? '').split('\n').filter((line) => line.startsWith('|'));
  if (rows.length < 3) throw new Error(`no table under ${heading}`);
  return rows.slice(2).map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    // What follows the code, such as "(default)", is a note.
    const code = (cell: string | undefined) => /^`([^`]*)`/.exec(cell ?? '')?.[1] ?? '';
    return [code(cells[1]), code(cells[3])] as const;
  });
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

/** An example of values, named after its first comment, or after the line before it. */
export interface ValuesExample {
  readonly name: string;
  readonly text: string;
}

/** Every YAML block of the README that is for `helm install -f`, in its order. */
export function readValuesBlocks(readme: string): readonly ValuesExample[] {
  const sections = ['metrics', 'monitoring', 'serviceMesh', 'networkPolicy', 'keda', 'vpa'];
  const own = new RegExp(`^(replicaCount|autoscaling|${sections.join('|')}):`, 'm');
  return [...readme.matchAll(/([^\n]*)\n+```yaml\n([\s\S]*?)^```/gm)]
    .filter(([, , text = '']) => own.test(text))
    .map(([, before = '', text = '']) => ({
      name: /^# (\S+\.yaml)\n/.exec(text)?.[1] ?? before.replace(/[*:]/g, ''),
      text,
    }));
}
