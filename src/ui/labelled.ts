import { type RowText, type Span, span } from './row.ts';
import { pad } from './text.ts';
import { wrap } from './wrap.ts';

/** Columns of the labels at the left of a review: ` Cluster     prod-eu …`. */
export const labelColumn = 13;

/** A labelled text in at most `rows` lines, its later lines below its first. */
export function labelled(
  label: string,
  text: string,
  { width, rows, ellipsis }: { width: number; rows: number; ellipsis: string },
  role: Span['role'] = 'plain',
): RowText[] {
  return wrap(text, width - labelColumn, rows, ellipsis).map((line, index) => [
    span(pad(index === 0 ? ` ${label}` : '', labelColumn), 'muted'),
    span(line, role),
  ]);
}
