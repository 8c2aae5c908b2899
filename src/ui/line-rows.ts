import type { Body, Line } from '../wizard/view.ts';
import type { Symbols } from './looks.ts';
import { type RowText, span, spread } from './row.ts';
import { wrap } from './wrap.ts';

type LinesBody = Extract<Body, { kind: 'lines' }>;

/** Of one line, such as a dashboard that is one line of a manifest. */
const mostRows = 10;

/** A text to scroll through: all keys, a finding, the difference, the manifests. */
export function lineRows(
  { title, lines, scroll }: LinesBody,
  width: number,
  rows: number,
  { ellipsis }: Symbols,
): RowText[] {
  const room = Math.max(0, rows - 1);
  const wrapped = wrapping(lines, width, room, ellipsis);
  const last = lastFirst(lines, room, wrapped);
  const first = Math.max(0, Math.min(scroll, last));
  const shown: RowText[] = [];
  let next = first;
  for (; next < lines.length && shown.length < room; next += 1) shown.push(...wrapped(next));
  const place = last === 0 ? '' : `${first + 1} to ${next} of ${lines.length}`;
  return [
    spread([span(` ${title}`, 'strong')], [span(place, 'muted')], width, ellipsis),
    ...shown,
  ].slice(0, rows);
}

/** Index of the line at the top of the screen, in as many rows. */
export function firstLine(
  { lines, scroll }: LinesBody,
  width: number,
  rows: number,
  { ellipsis }: Symbols,
): number {
  const room = Math.max(0, rows - 1);
  const last = lastFirst(lines, room, wrapping(lines, width, room, ellipsis));
  return Math.max(0, Math.min(scroll, last));
}

type Wrapped = (index: number) => readonly RowText[];

function wrapping(lines: readonly Line[], width: number, room: number, ellipsis: string): Wrapped {
  const most = Math.min(room, mostRows);
  return (index) => {
    const line = lines[index];
    return line ? wrapLine(line, width, most, ellipsis) : [];
  };
}

/** The line at the top of the last page: the end of a longer text is the end of the screen. */
function lastFirst({ length }: readonly Line[], room: number, wrapped: Wrapped): number {
  let last = length;
  for (let left = room; last > 0; last -= 1) {
    left -= wrapped(last - 1).length;
    if (left < 0) break;
  }
  return last;
}

/** What comes below stands under the beginning: under the second column, where there are two. */
function wrapLine({ text, tone }: Line, width: number, rows: number, ellipsis: string): RowText[] {
  const [margin = '', first = ''] = /^ *(\S+ {2,})?/.exec(text) ?? [];
  const lead = margin.length > width / 3 ? margin.slice(0, margin.length - first.length) : margin;
  const room = Math.max(1, width - lead.length - 1);
  // Of what is much too long the beginning is enough to see that.
  const words = text.slice(lead.length, lead.length + 4 * room * rows);
  const parts = wrap(words, room, rows, ellipsis);
  const indent = ' '.repeat(lead.length);
  return (parts.length === 0 ? [''] : parts).map((part, index) => [
    span(` ${index === 0 ? lead : indent}${part}`, tone),
  ]);
}
