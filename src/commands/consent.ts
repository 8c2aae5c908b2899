import type { Finding } from '../checks/types.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeTarget } from '../plain/event-lines.ts';
import { type ConsentedPlan, consentFor } from '../release/consent.ts';
import type { Action } from '../release/events.ts';
import type { Target } from '../release/target.ts';
import type { CommandContext } from './context.ts';
import { readTargetFlags } from './target-flags.ts';

/**
 * Asks before a change; some want a name typed (`consentFor`). `--yes` asks nothing, unless the
 * change wants the release's name; `--confirm` gives that, and so consents to every change.
 * @param shown what the checks say, and what becomes of objects and data
 * @returns whether to go on
 * @throws DeployError (2) where nobody is there to answer
 */
export async function askToChange(
  context: CommandContext,
  action: Action,
  target: Target,
  shown: { readonly findings?: readonly Finding[]; readonly plan?: ConsentedPlan } = {},
): Promise<boolean> {
  const { flags, terminal, ask } = context;
  if (flags.text('confirm') === target.release) return true;
  const typed = consentFor(shown.findings ?? [], target, shown.plan);
  const yesIsEnough = typed?.yesIsEnough ?? true;
  if (flags.isOn('yes') && yesIsEnough) return true;
  if (!terminal.interactive && typed && !yesIsEnough)
    throw new DeployError(exitCodes.usage, unconfirmed(`this ${action}`, target, typed.why));
  if (!terminal.interactive)
    throw new DeployError(exitCodes.usage, {
      message: `Without a terminal, ${action} needs consent to change ${describeTarget(target)}.`,
      next: 'Look at it with --dry-run, then add --yes.',
      where: '--yes',
    });
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

/**
 * @param what needs the consent, such as `--delete-data`
 * @param why `--yes` is not enough for it
 */
export function unconfirmed(
  what: string,
  { release }: Pick<Target, 'release'>,
  why: string,
): Problem {
  return {
    message: `Without a terminal, ${what} needs the name of the release as consent; --yes is not enough.`,
    why,
    next: `Look at what it does with --dry-run, then add --confirm=${release}.`,
    where: '--confirm',
  };
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
