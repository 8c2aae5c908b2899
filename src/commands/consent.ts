import type { Finding } from '../checks/types.ts';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeTarget } from '../plain/event-lines.ts';
import { consentFor } from '../release/consent.ts';
import type { Action, Target } from '../release/events.ts';
import type { PlannedData } from '../release/plan/types.ts';
import type { CommandContext } from './context.ts';

/**
 * Asks before a change; some want a name typed. `--yes` asks nothing.
 * @param shown what the checks say, and what becomes of the data
 * @returns whether to go on
 * @throws DeployError (2) where nobody is there to answer
 */
export async function askToChange(
  context: CommandContext,
  action: Action,
  target: Target,
  shown: { readonly findings?: readonly Finding[]; readonly data?: readonly PlannedData[] } = {},
): Promise<boolean> {
  const { flags, terminal, ask } = context;
  if (flags.isOn('yes')) return true;
  if (!terminal.interactive)
    throw new DeployError(exitCodes.usage, {
      message: `Without a terminal, ${action} needs consent to change ${describeTarget(target)}.`,
      next: 'Look at it with --dry-run, then add --yes.',
      where: '--yes',
    });
  const typed = consentFor(shown.findings ?? [], target, shown.data);
  if (!typed) return ask.confirm(`${capitalise(action)} ${describeTarget(target)}?`);
  const { word, what, why } = typed;
  return ask.typed(`${why} To ${action}, type ${what} (${word}):`, word);
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
