import { applyChanges, type Fix, fixesOf } from '../checks/remedies.ts';
import type { Finding } from '../checks/types.ts';
import type { Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeFileAtomically } from '../files/write-file.ts';
import { diffTrees, formatChanges } from '../values/diff.ts';
import { coalesce } from '../values/merge.ts';
import { validateValues } from '../values/validate.ts';
import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';
import { refuseProblems } from './refuse.ts';
import { planValuesFile } from './values-file.ts';
import type { ValuesInput } from './values-input.ts';

/**
 * `check --fix`: shows the changes of values that mend what failed, and writes the values with
 * them: over the topmost values file, or to --values-out.
 * @returns the draft with the changes made; undefined where no change of values mends anything
 * @throws DeployError where the file cannot be written or belongs to another release
 */
export async function fixValues(
  context: CommandContext,
  draft: Draft,
  input: ValuesInput,
  findings: readonly Finding[],
): Promise<Draft | undefined> {
  const fixes = fixesOf(findings);
  if (fixes.length === 0) {
    context.say('No change of values fixes what failed.\n');
    return undefined;
  }
  const values = applyChanges(draft.values, fixes);
  const problems: Problem[] = [...validateValues(draft.schema, values)];
  const given = input.topmostFile?.path;
  const name = given === undefined || given === '-' ? undefined : given;
  const { target } = draft.session;
  const file = await planValuesFile(context, target, input, values, problems, name);
  refuseProblems(exitCodes.usage, problems);
  for (const line of formatChanges(diffTrees(draft.values, values)))
    context.say(`${line}${reason(line, fixes)}\n`);
  if (file.path === '-') context.print(file.text);
  else {
    const { cleanup } = context;
    const written = await writeFileAtomically(file.path, file.text, {
      mode: 0o600,
      backup: true,
      cleanup,
    });
    const kept = written.backup
      ? ` (old content kept in ${written.backup.replace(file.path, file.shown)})`
      : '';
    context.say(`Values written to ${file.shown}${kept}\n\n`);
  }
  return { ...draft, values, effective: coalesce(draft.chartDefaults, values) };
}

/** Which check asked for a change, where the line names its path. */
function reason(line: string, fixes: readonly Fix[]): string {
  const ids = fixes
    .filter(({ path }) => line.includes(path.join('.')))
    .map(({ finding }) => finding.check);
  return ids.length === 0 ? '' : `  (${[...new Set(ids)].join(', ')})`;
}
