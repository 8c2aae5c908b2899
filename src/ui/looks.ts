/** What a text is, not how it looks. Colours are the terminal's own sixteen: they fit its theme. */
export const roles = {
  plain: {},
  strong: { bold: true },
  muted: { dimColor: true },
  accent: { color: 'cyan' },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'red' },
  added: { color: 'green' },
  removed: { color: 'red' },
  title: { bold: true },
  caret: { inverse: true },
} as const satisfies Record<string, Style>;

export type Role = keyof typeof roles;

interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

/**
 * Each symbol, its ASCII twin, and what a screen reader is given. All are one column wide and in
 * the set whose width is known without asking ICU (scripts/bundle/width.mjs).
 */
const symbolTable = {
  cursor: ['❯', '>', ''],
  done: ['✓', '+', ''],
  current: ['●', 'o', ''],
  open: ['·', '.', ''],
  failed: ['✗', 'x', ''],
  warning: ['!', '!', ''],
  unknown: ['?', '?', ''],
  caret: ['▏', '|', ''],
  separator: ['·', '|', ','],
  upDown: ['↑↓', 'up/down', 'up or down'],
  ellipsis: ['…', '...', '...'],
} as const;

export type Symbols = Readonly<Record<keyof typeof symbolTable, string>>;

export interface Theme {
  readonly colors: boolean;
  /** Whether a screen reader listens: nothing is cut, aligned or drawn. */
  readonly isSpoken: boolean;
  readonly symbols: Symbols;
}

/** The looks for a terminal, by what it can show. */
export function createTheme({
  colors,
  unicode,
  isSpoken,
}: {
  readonly colors: boolean;
  readonly unicode: boolean;
  readonly isSpoken: boolean;
}): Theme {
  const column = isSpoken ? 2 : unicode ? 0 : 1;
  return {
    colors,
    isSpoken,
    symbols: Object.fromEntries(
      Object.entries(symbolTable).map(([name, twins]) => [name, twins[column]]),
    ) as unknown as Symbols,
  };
}
