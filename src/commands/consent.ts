import { looksLikeProduction } from '../checks/production.ts';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeTarget } from '../plain/event-lines.ts';
import type { Action, Target } from '../release/events.ts';
import type { CommandContext } from './context.ts';

/**
 * Asks before a change. A cluster that looks like production wants the context's name typed;
 * `--yes` asks nothing.
 * @returns whether to go on
 * @throws DeployError (2) where nobody is there to answer
 */
export async function askToChange(
  context: CommandContext,
  action: Action,
  target: Target,
): Promise<boolean> {
  const { flags, terminal, ask } = context;
  if (flags.isOn('yes')) return true;
  if (!terminal.interactive)
    throw new DeployError(exitCodes.usage, {
      message: `Without a terminal, ${action} needs consent to change ${describeTarget(target)}.`,
      next: 'Look at it with --dry-run, then add --yes.',
      where: '--yes',
    });
  if (!looksLikeProduction([target.context, target.server, target.namespace]))
    return ask.confirm(`${capitalise(action)} ${describeTarget(target)}?`);
  return ask.typed(
    `This looks like production. To ${action}, type the context's name (${target.context}):`,
    target.context,
  );
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
