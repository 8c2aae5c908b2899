import type { OptionView } from '../wizard/view.ts';
import { windowStart } from './allot.ts';
import type { Theme } from './looks.ts';
import type { Part } from './part.ts';
import { type RowText, span, spread } from './row.ts';
import { cut, pad, shorten, widthOf } from './text.ts';

/**
 * A list to choose from; the part around the cursor where it does not fit.
 *
 * ```
 *    ❯ Raft      replicated inside XERV; survives a node; needs volumes
 *      Redis     cannot work: KEDA is not installed                XV-402
 * ```
 */
export function optionPart(
  options: readonly OptionView[],
  cursor: number,
  { width, rows, theme }: { width: number; rows: number; theme: Theme },
): Part {
  const start = theme.isSpoken ? 0 : windowStart(options.length, cursor, rows);
  const shown = theme.isSpoken ? options : options.slice(start, start + rows);
  const labels = labelWidth(options, width);
  return {
    role: 'listbox',
    lines: shown.map((option, index) =>
      optionRow(option, {
        isUnderCursor: start + index === cursor,
        labels,
        width,
        more: moreThan(options.length, start, shown.length, index),
        theme,
      }),
    ),
    options: shown.map(({ blockedBy }, index) => ({
      selected: start + index === cursor,
      disabled: blockedBy !== undefined,
    })),
  };
}

/** Columns of the labels: as many as the longest needs, up to a third of the line. */
export function labelWidth(options: readonly OptionView[], width: number): number {
  const longest = Math.max(0, ...options.map((option) => widthOf(labelOf(option))));
  return Math.min(longest, hasDescriptions(width) ? Math.floor(width / 2.5) : width - 5);
}

/** Whether descriptions stand beside the labels; below the list there is the whole of one. */
export function hasDescriptions(width: number): boolean {
  return width >= 56;
}

/** Whether the description of an option is shown whole, beside its label. */
export function fitsBeside(option: OptionView, labels: number, width: number): boolean {
  const id = option.blockedBy === undefined ? 0 : widthOf(option.blockedBy) + 2;
  return hasDescriptions(width) && 7 + labels + widthOf(option.description) + id <= width;
}

function labelOf(option: OptionView): string {
  return `${option.label}${markOf(option)}`;
}

function markOf({ isCurrent, isLive }: OptionView): string {
  if (isLive) return ' (runs now)';
  return isCurrent ? ' (now)' : '';
}

/** At the ends of a window: how many there are beyond. */
function moreThan(total: number, start: number, shown: number, index: number) {
  if (index === 0 && start > 0) return `${start} more above`;
  const below = total - start - shown;
  return index === shown - 1 && below > 0 ? `${below} more below` : undefined;
}

function optionRow(
  option: OptionView,
  {
    isUnderCursor,
    labels,
    width,
    more,
    theme,
  }: {
    readonly isUnderCursor: boolean;
    readonly labels: number;
    readonly width: number;
    readonly more: string | undefined;
    readonly theme: Theme;
  },
): RowText {
  const { symbols, isSpoken } = theme;
  const isBlocked = option.blockedBy !== undefined;
  const mark = markOf(option);
  if (isSpoken)
    return [span(`${labelOf(option)}, ${isBlocked ? 'cannot work: ' : ''}${option.description}`)];
  const left = [
    span('  '),
    span(isUnderCursor ? `${symbols.cursor} ` : ' '.repeat(1 + widthOf(symbols.cursor)), 'accent'),
    span(
      pad(`${shorten(option.label, labels - widthOf(mark), symbols.ellipsis)}${mark}`, labels),
      isBlocked ? 'muted' : isUnderCursor ? 'strong' : 'plain',
    ),
  ];
  const right = more ?? option.blockedBy;
  if (!hasDescriptions(width)) {
    const told = more ?? (isBlocked ? `cannot work: ${option.blockedBy}` : undefined);
    return told === undefined ? left : spread(left, [span(told, 'muted')], width, symbols.ellipsis);
  }
  const room = width - 4 - labels - 2 - (right === undefined ? 1 : widthOf(right) + 2);
  const described = [
    ...left,
    span('  '),
    span(cut(option.description, room, symbols.ellipsis), 'muted'),
  ];
  return right === undefined
    ? described
    : spread(
        described,
        [span(right, isBlocked && more === undefined ? 'warn' : 'muted')],
        width,
        symbols.ellipsis,
      );
}
