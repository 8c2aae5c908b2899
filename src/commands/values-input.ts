import type { Problem } from '../errors.ts';
import { readTextFile } from '../files/read-text.ts';
import { questions } from '../questions/catalogue.ts';
import { yesNo } from '../questions/question.ts';
import { withDefaults } from '../values/chart-schema.ts';
import type { ValuesDocument } from '../values/document.ts';
import { type Layer, type Layers, userValues } from '../values/layers.ts';
import { coalesce } from '../values/merge.ts';
import type { PresetFile } from '../values/presets.ts';
import type { Values } from '../values/schema/index.ts';
import { readChartSchema } from './chart-schema.ts';
import type { CommandContext } from './context.ts';
import { readPreset, readPresets, unknownPreset } from './preset-files.ts';
import { collect } from './refuse.ts';

/** What the invocation says about values, but for `--set` and its sisters. */
export interface ValuesInput {
  /** From the weakest to the strongest: presets, files, question flags. */
  readonly layers: readonly Layer[];
  readonly presets: readonly PresetFile[];
  /** The strongest file's document: the base of the file that is written. */
  readonly topmostFile: { readonly path: string; readonly document: ValuesDocument } | undefined;
  readonly warnings: readonly Problem[];
}

/**
 * Reads presets, values files and question flags.
 * @param problems where everything that is wrong goes
 */
export async function readValuesInput(
  context: CommandContext,
  problems: Problem[],
): Promise<ValuesInput> {
  const [presets, files] = await Promise.all([
    readNamedPresets(context, problems),
    readFiles(context, problems),
  ]);
  const layers: Layers = [
    ...presets.map(({ name, values }): Layer => ({ origin: { kind: 'preset', name }, values })),
    ...files.map(
      ({ path, document }): Layer => ({
        origin: { kind: 'file', path },
        values: document.toTree(),
      }),
    ),
    ...readQuestionFlags(context, problems),
  ];
  problems.push(...(await findConflicts(context, layers)));
  return {
    presets,
    layers,
    topmostFile: files.at(-1),
    warnings: files.flatMap(({ warnings }) => warnings),
  };
}

async function readNamedPresets(
  { flags, packageRoot }: CommandContext,
  problems: Problem[],
): Promise<readonly PresetFile[]> {
  const names = flags.list('preset');
  const presets = await Promise.all(names.map((name) => readPreset(packageRoot, name)));
  const missing = names.filter((_, index) => presets[index] === undefined);
  if (missing.length > 0) {
    const known = (await readPresets(packageRoot)).map(({ name }) => name);
    problems.push(...missing.map((name) => unknownPreset(name, known)));
  }
  return presets.filter((preset) => preset !== undefined);
}

async function readFiles(context: CommandContext, problems: Problem[]) {
  const paths = context.flags.list('values');
  if (paths.filter((path) => path === '-').length > 1)
    problems.push({ message: 'Standard input can be read only once.', where: '--values -' });
  if (paths.length === 0) return [];
  const { parseDocument } = await import('../values/parse-document.ts');
  const read = await Promise.all(
    paths.map(async (path) => {
      const text = await collect(() => readTextFile(path, { stdin: context.stdin }), problems);
      if (text === undefined) return undefined;
      const parsed = parseDocument(text, path === '-' ? 'standard input' : path);
      if (parsed.ok) return { path, document: parsed.document, warnings: parsed.warnings };
      problems.push(...parsed.problems);
      return undefined;
    }),
  );
  return read.filter((file) => file !== undefined);
}

function readQuestionFlags({ flags }: CommandContext, problems: Problem[]): readonly Layer[] {
  return questions.flatMap((question): Layer[] => {
    const text = flags.answer(question.flag);
    if (text === undefined) return [];
    const isNo = question.choices === yesNo && text === 'false';
    const flag = `--${isNo ? 'no-' : ''}${question.flag}`;
    const answer = question.write(text);
    if (answer.ok) {
      const { values, replaces } = answer;
      return [{ origin: { kind: 'flag', flag }, values, ...(replaces && { replaces }) }];
    }
    problems.push({ ...answer.problem, where: flag });
    return [];
  });
}

/** Question flags that would have no effect beside the other values that are given here. */
async function findConflicts(
  { flags, packageRoot }: CommandContext,
  layers: Layers,
): Promise<readonly Problem[]> {
  const given = questions.flatMap(({ flag, conflict }) => {
    const answer = conflict && flags.answer(flag);
    return conflict && answer !== undefined ? [{ flag, answer, conflict }] : [];
  });
  if (given.length === 0) return [];
  const schema = await readChartSchema({ packageRoot });
  // As the templates see them.
  const values: unknown = coalesce(withDefaults(schema, {}), userValues(layers));
  return given.flatMap(({ flag, answer, conflict }) => {
    const problem = conflict(answer, values as Values);
    return problem ? [{ ...problem, where: `--${flag}` }] : [];
  });
}
