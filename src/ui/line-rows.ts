import type { Body } from '../wizard/view.ts';
import type { Symbols } from './looks.ts';
import { type RowText, span, spread } from './row.ts';

type LinesBody = Extract<Body, { kind: 'lines' }>;

/** A text to scroll through: all keys, all findings, the difference, the manifests. */
export function lineRows(
  { title, lines, scroll }: LinesBody,
  width: number,
  rows: number,
  { ellipsis }: Symbols,
): RowText[] {
  const room = Math.max(0, rows - 1);
  const first = Math.max(0, Math.min(scroll, lines.length - room));
  const shown = lines.slice(first, first + room);
  const place =
    lines.length <= room ? '' : `${first + 1} to ${first + shown.length} of ${lines.length}`;
  return [
    spread([span(` ${title}`, 'strong')], [span(place, 'muted')], width, ellipsis),
    ...shown.map(({ text, tone }): RowText => [span(` ${text}`, tone)]),
  ].slice(0, rows);
}
