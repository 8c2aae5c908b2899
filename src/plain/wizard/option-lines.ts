import type { OptionView } from '../../wizard/view.ts';

/**
 * Options with their numbers; one that cannot work says so first, with the check that says it.
 *
 * ```
 *   1. Raft: replicated inside XERV; needs volumes
 *   2. Redis: stateless workers over Redis Streams (runs now)
 *   3. NATS: cannot work here (XV-204): no NATS server has JetStream
 * ```
 * @param mark stands before each number where numbers alone could be answers
 */
export function optionLines(options: readonly OptionView[], mark: '' | '#'): readonly string[] {
  return options.map(({ label, description, blockedBy, isLive }, index) => {
    const told =
      blockedBy === undefined ? description : `cannot work here (${blockedBy}): ${description}`;
    const live = isLive ? ' (runs now)' : '';
    return `  ${mark}${index + 1}. ${label}${told === '' ? '' : `: ${told}`}${live}`;
  });
}

/**
 * The option that a line means: its number, its value, its name, or a word that only its name has.
 * @param options as they were shown
 */
export function findOption(
  line: string,
  options: readonly OptionView[],
  mark: '' | '#',
): OptionView | undefined {
  const number = line.startsWith(mark) ? line.slice(mark.length) : '';
  if (/^\d+$/.test(number)) return options[Number(number) - 1];
  const wanted = line.toLowerCase();
  const same = options.find(
    ({ value, label }) =>
      value === line || value === `preset:${line}` || label.toLowerCase() === wanted,
  );
  if (same || mark === '#' || wanted.length < 2) return same;
  const beginning = options.filter(({ label }) => ` ${label.toLowerCase()}`.includes(` ${wanted}`));
  return beginning.length === 1 ? beginning[0] : undefined;
}
