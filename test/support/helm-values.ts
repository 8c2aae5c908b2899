import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTools } from '../../scripts/tools.mjs';
import { runCommand } from './run-command.ts';

/** What a real helm makes of values: the tree as JSON has it, or its refusal. */
export type HelmAnswer =
  | { readonly ok: true; readonly values: unknown }
  | { readonly ok: false; readonly error: string };

export interface HelmValues {
  readonly major: 3 | 4;
  /** What a template sees as `.Values`, with these defaults of the chart and arguments. */
  template(defaults: string, args: readonly string[]): Promise<HelmAnswer>;
  /** How each text is read as YAML; all of them in one process. */
  readAll(texts: readonly string[]): Promise<readonly HelmAnswer[]>;
  /** Writes a file beside the charts and returns its path. */
  write(name: string, text: string): string;
}

/** How many cases a comparison with the real helm tries, in all: XERV_DEPLOY_FUZZ_RUNS. */
export function fuzzRuns(fallback: number): number {
  return Number(process.env.XERV_DEPLOY_FUZZ_RUNS ?? fallback);
}

/**
 * Both real helms, working in a directory of their own.
 *
 * @returns them, and what removes the directory
 */
export async function startHelms(): Promise<{ helms: readonly HelmValues[]; stop: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'xerv-helm-values-'));
  const { helm3, helm4 } = await ensureTools({ log: (line) => console.error(line) });
  return {
    helms: [makeHelm(3, helm3, directory), makeHelm(4, helm4, directory)],
    stop: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Base64, since helm reads what it rendered as YAML once more. */
function encoded(expression: string): string {
  return `values: {{ ${expression} | b64enc }}\n`;
}

function makeHelm(major: 3 | 4, helm: string, directory: string): HelmValues {
  let count = 0;
  const makeChart = (template: string, files: Readonly<Record<string, string>>): string => {
    count += 1;
    const chart = join(directory, `helm${major}-${count}`);
    mkdirSync(join(chart, 'templates'), { recursive: true });
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: tiny\nversion: 0.1.0\n');
    writeFileSync(join(chart, 'templates/values.yaml'), template);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(chart, name), text);
    return chart;
  };
  const render = async (chart: string, args: readonly string[]): Promise<HelmAnswer> => {
    const env = { HOME: directory, HELM_NO_PLUGINS: '1' };
    const { code, stdout, stderr } = await runCommand(helm, ['template', 'x', chart, ...args], {
      env,
    });
    rmSync(chart, { recursive: true });
    if (code !== 0) return { ok: false, error: stderr.trim() };
    const json = Buffer.from(/^values: (\S*)$/m.exec(stdout)?.[1] ?? '', 'base64').toString();
    return { ok: true, values: JSON.parse(json) };
  };
  return {
    major,
    template: (defaults, args) =>
      render(makeChart(encoded('toJson .Values'), { 'values.yaml': defaults }), args),
    async readAll(texts) {
      const files = Object.fromEntries(texts.map((text, index) => [`${index}.txt`, text]));
      const template = `{{ $all := list }}{{ range $i := until ${texts.length} }}{{ $all = append $all (fromYaml ($.Files.Get (printf "%d.txt" $i))) }}{{ end }}${encoded('toJson $all')}`;
      const answer = await render(makeChart(template, files), []);
      if (!answer.ok) throw new Error(answer.error);
      return (answer.values as Record<string, unknown>[]).map((values) => {
        // helm's fromYaml hands out its error as a value.
        const error = values?.Error;
        return typeof error === 'string'
          ? { ok: false, error }
          : { ok: true, values: values ?? {} };
      });
    },
    write(name, text) {
      const path = join(directory, `helm${major}-${name}`);
      writeFileSync(path, text);
      return path;
    },
  };
}
