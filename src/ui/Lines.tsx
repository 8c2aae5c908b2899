import type { Body } from '../wizard/view.ts';
import type { Symbols } from './looks.ts';
import { Rows } from './Rows.tsx';
import { type RowText, span, spread } from './row.ts';
import { useTheme } from './theme.ts';

type LinesBody = Extract<Body, { kind: 'lines' }>;

/** A text to scroll through: all keys, all findings, the difference, the manifests. */
export function Lines({
  body,
  width,
  rows,
}: {
  readonly body: LinesBody;
  readonly width: number;
  readonly rows: number;
}) {
  const { symbols, isSpoken } = useTheme();
  const lines = lineRows(body, width, isSpoken ? body.lines.length + 1 : rows, symbols);
  return <Rows lines={lines} width={width} />;
}

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
