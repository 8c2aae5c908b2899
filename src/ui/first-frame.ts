import { toPrintable } from '../printable.ts';
import type { View } from '../wizard/view.ts';
import { headerRows } from './header-rows.ts';
import { createTheme, type Role, roles } from './looks.ts';
import { fitRow, type RowText, span } from './row.ts';
import { layOut } from './screen-layout.ts';
import { sizeOf } from './size.ts';

/** What is seen before anything is known. */
export const firstView: View & { readonly body: { readonly kind: 'waiting' } } = {
  chrome: { title: 'install', place: [], steps: [] },
  body: { kind: 'waiting', text: 'Looking for clusters and presets…' },
  keys: [{ key: 'ctrl-c', does: 'leave' }],
  transcript: [],
};

/**
 * The first view as Ink draws it (test/frames/first-frame.test.ts holds them against each other),
 * without loading Ink: it is there before Ink could be.
 * @returns lines, without the end of the last one
 */
export function firstFrame({
  columns,
  rows,
  colors,
  unicode,
}: {
  readonly columns: number;
  readonly rows: number;
  readonly colors: boolean;
  readonly unicode: boolean;
}): string[] {
  const { symbols } = createTheme({ colors, unicode, isSpoken: false });
  const { size, header, footer, gap } = layOut(firstView, sizeOf(columns, rows), symbols);
  const { width } = size;
  const above = headerRows(firstView.chrome, width, symbols);
  const lines: RowText[] = [
    ...Array.from({ length: header }, (_, index) => above[index] ?? []),
    [span(` ${toPrintable(firstView.body.text, unicode)}`)],
    ...Array.from({ length: gap }, () => []),
    ...footer,
  ];
  return lines.map((line) =>
    fitRow(line, width, symbols.ellipsis)
      .map(({ text, role }) => (colors ? style(text, role) : text))
      .join(''),
  );
}

const codes: Readonly<Record<string, readonly [number, number]>> = {
  bold: [1, 22],
  dimColor: [2, 22],
  inverse: [7, 27],
  cyan: [36, 39],
};

function style(text: string, role: Role): string {
  const names = Object.entries(roles[role]).map(([name, value]) =>
    name === 'color' ? value : name,
  );
  return names.reduce((styled, name) => {
    const [on, off] = codes[String(name)] ?? [0, 0];
    return on === 0 ? styled : `\u001b[${on}m${styled}\u001b[${off}m`;
  }, text);
}
