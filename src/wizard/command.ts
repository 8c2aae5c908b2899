import { environmentVariable } from '../environment-variable.ts';
import { helmCommand, ownCommand } from '../release/command-text.ts';
import type { PlanRequest } from './plan.ts';
import type { WizardState } from './state.ts';
import { contextOf } from './wanted.ts';

/** The same as one command. */
export interface EquivalentCommand {
  readonly text: string;
  /** Environment variables that must hold the secrets. */
  readonly variables: readonly string[];
}

/**
 * The command that does the same without the wizard, quoted for a POSIX shell; flags stand in the
 * order of the questions, and no secret in it.
 * @param needsName whether the change wants more than `--yes`
 */
export function commandOf(
  { draft, answers, rollbackTo }: Pick<PlanRequest, 'draft' | 'answers' | 'rollbackTo'>,
  { world, extraArguments }: Pick<WizardState, 'world' | 'extraArguments'>,
  needsName = false,
): EquivalentCommand {
  const context = contextOf({ draft, world });
  const target = { context, namespace: draft.namespace, release: draft.release };
  if (rollbackTo !== undefined)
    return {
      text: helmCommand(target, 'rollback', draft.release, String(rollbackTo)),
      variables: [],
    };
  if (draft.intent === 'uninstall') {
    const data =
      draft.data === 'delete' ? ['--delete-data', `--confirm=${draft.release}`] : ['--keep-data'];
    return { text: ownCommand(target, 'uninstall', ...data, ...extraArguments), variables: [] };
  }
  const plain = answers.filter(({ isSecret }) => !isSecret);
  const args = [
    draft.intent === 'change' ? 'upgrade' : 'install',
    ...draft.presets.flatMap((name) => ['--preset', name]),
    ...draft.files.flatMap((path) => ['-f', path]),
    ...(draft.intent === 'change' && draft.resetValues ? ['--reset-values'] : []),
    ...plain.flatMap(({ args }) => args),
    ...Object.entries(draft.edits).flatMap(([path, json]) => ['--set-json', `${path}=${json}`]),
    ...Object.entries(draft.skips).flatMap(([id, why]) => ['--skip-check', `${id}=${why}`]),
    ...(needsName ? [`--confirm=${draft.release}`] : []),
    ...extraArguments,
  ];
  const secret = answers.filter(({ isSecret }) => isSecret);
  const variables = secret.map(({ flag }) => environmentVariable({ name: flag }));
  return { text: ownCommand(target, ...args), variables };
}
