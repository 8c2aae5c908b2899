import { type Role, roles, type Theme } from './looks.ts';
import { fitRow, type RowText } from './row.ts';

/** A line as it is written to a terminal, no wider than `width`. */
export function styledLine(row: RowText, width: number, { colors, symbols }: Theme): string {
  return fitRow(row, width, symbols.ellipsis)
    .map(({ text, role }) => (colors ? style(text, role) : text))
    .join('');
}

/** What begins and what ends a style, in ECMA-48. */
const codes: Readonly<Record<string, readonly [number, number]>> = {
  bold: [1, 22],
  dimColor: [2, 22],
  inverse: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

function style(text: string, role: Role): string {
  const names = Object.entries(roles[role]).map(([name, value]) =>
    name === 'color' ? value : name,
  );
  return names.reduce((styled, name) => {
    const [on, off] = codes[String(name)] ?? [0, 0];
    return `\u001b[${on}m${styled}\u001b[${off}m`;
  }, text);
}
