import type { Problem } from '../errors.ts';
import type { Invocation } from './invocation.ts';
import type { Terminal } from './terminal.ts';

/** Flags that say how it is to be done without questions. */
const answering = ['yes', 'dry-run', 'output', 'plan'];
/** The questions of an uninstall, answered. */
const answeringUninstall = ['keep-data', 'delete-data', 'confirm'];
/** The wizard's questions are about the bundled chart. */
const foreignChart = ['chart'];
const wizardOnly = ['resume', 'fresh'];

/**
 * Whether the wizard is to be opened: without a command, or for an uninstall about which nothing is
 * said yet, where somebody is there to answer.
 */
export function opensWizard(
  { command, commandGiven, flags }: Pick<Invocation, 'command' | 'commandGiven' | 'flags'>,
  { interactive }: Pick<Terminal, 'interactive'>,
): boolean {
  if (!interactive || (commandGiven && command !== 'uninstall')) return false;
  // A file that is typed or pasted would take the keys.
  if (flags.list('values').includes('-')) return false;
  return ![...answering, ...answeringUninstall, ...foreignChart].some(
    (name) => flags.answer(name) !== undefined,
  );
}

/** Flags that only the wizard takes, where it is not opened. */
export function withoutWizard({ flags }: Pick<Invocation, 'flags'>): readonly Problem[] {
  return wizardOnly
    .filter((name) => flags.isOn(name))
    .map((name) => ({
      message: `--${name} is for the wizard, which opens on a terminal, without a command or for uninstall.`,
      where: `--${name}`,
    }));
}
