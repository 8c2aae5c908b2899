import type { Finding } from '../checks/types.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeTarget } from '../plain/event-lines.ts';
import { consentFor, deletesData } from '../release/consent.ts';
import type { Action } from '../release/events.ts';
import type { PlannedData } from '../release/plan/types.ts';
import type { Target } from '../release/target.ts';
import type { CommandContext } from './context.ts';
import { readTargetFlags } from './target-flags.ts';

/**
 * Asks before a change; some want a name typed. `--yes` asks nothing, but where data would be
 * deleted: that needs the name, typed or in `--confirm`.
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
  const deletes = deletesData(shown.data ?? []);
  if (deletes && flags.text('confirm') === target.release) return true;
  if (flags.isOn('yes') && !deletes) return true;
  if (!terminal.interactive && deletes)
    throw new DeployError(exitCodes.usage, unconfirmed(`an ${action} that deletes data`, target));
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

/** What is wrong with `--confirm`, as far as no cluster is needed to tell. */
export function misnamedConsent({ flags }: CommandContext): Problem[] {
  const { release } = readTargetFlags(flags);
  const confirmed = flags.text('confirm');
  if (confirmed === undefined || confirmed === release) return [];
  return [
    {
      message: `--confirm=${confirmed} does not name the release, which is ${release}.`,
      where: '--confirm',
    },
  ];
}

/** @param what needs the consent, such as `--delete-data` */
export function unconfirmed(what: string, { release }: Pick<Target, 'release'>): Problem {
  return {
    message: `Without a terminal, ${what} needs the name of the release as consent.`,
    next: `Look at what goes with --dry-run, then add --confirm=${release}.`,
    where: '--confirm',
  };
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
