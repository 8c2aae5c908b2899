import type { Problem } from '../errors.ts';
import { readTextFile } from '../files/read-text.ts';
import { findPasswordsInSets } from '../values/credentials.ts';
import { type Layers, userValues } from '../values/layers.ts';
import { applySets, listSetFiles, setKinds } from '../values/set.ts';
import type { CommandContext } from './context.ts';
import { collect } from './refuse.ts';

/**
 * The layers with those of `--set` and its sisters on top, parsed as helm parses them.
 * @param layers what they are set into
 * @param problems where everything that is wrong goes, a password in an argument too
 */
export async function readSets(
  { flags, stdin }: CommandContext,
  layers: Layers,
  problems: Problem[],
): Promise<Layers> {
  const sets = setKinds.flatMap((kind) =>
    flags.list(kind).map((expression) => ({ kind, expression })),
  );
  if (sets.length === 0) return layers;
  const contents = new Map(
    await Promise.all(
      listSetFiles(sets).map(async (path) => {
        const text = await collect(() => readTextFile(path, { stdin }), problems);
        return [path, text ?? ''] as const;
      }),
    ),
  );
  const applied = applySets(userValues(layers), sets, (path) => contents.get(path) ?? '');
  // Escapes may hide a password from the look at the plain arguments; what that saw is told once.
  const isTold = ({ message, where }: Problem) =>
    problems.some((told) => told.message === message && told.where === where);
  problems.push(
    ...applied.problems,
    ...findPasswordsInSets(
      applied.layers.map(({ origin, values }) => ({
        flag: origin.kind === 'set' ? origin.flag : '',
        values,
      })),
    ).filter((problem) => !isTold(problem)),
  );
  return [...layers, ...applied.layers];
}
