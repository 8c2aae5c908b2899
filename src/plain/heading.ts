import type { Target } from '../release/target.ts';
import { describeTarget } from './event-lines.ts';
import type { Palette } from './palette.ts';

interface HeadingOptions {
  readonly target: Target;
  /** The release that runs; undefined where none does. */
  readonly live?: { readonly revision: number } | undefined;
  /** Whether its values lie below those that were given. */
  readonly startsFromLive?: boolean;
  /** When a saved look at the cluster was taken; undefined for the cluster as it is now. */
  readonly takenAt?: string | undefined;
}

/**
 * The first lines of what `check` and `plan` print: of which release on which cluster they speak,
 * and whether the values that run there count.
 *
 * ```
 * XERV plan: release xerv in namespace xerv on playground (https://127.0.0.1:6443)
 * As upgrade would: the given values on top of what runs (revision 3).
 * ```
 */
export function formatHeading(
  what: string,
  { target, live, startsFromLive = false, takenAt }: HeadingOptions,
  { strong, careful }: Palette,
): string[] {
  const seen = takenAt === undefined ? '' : `, as it was seen at ${takenAt}`;
  return [
    strong(`XERV ${what}: ${describeTarget(target)}${seen}`),
    ...(live ? [startsFromLive ? onTop(live.revision) : careful(alone)] : []),
    '',
  ];
}

const onTop = (revision: number) =>
  `As upgrade would: the given values on top of the live ones (revision ${revision}).`;
const alone =
  'As install would: live values not given here go back to their defaults. To keep them: --reuse-values';
