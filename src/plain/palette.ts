/** Words and signs of the plain output. Meaning never hangs on a colour or a glyph alone. */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly careful: (text: string) => string;
  readonly signs: Signs;
}

interface Signs {
  readonly done: string;
  readonly failed: string;
  readonly warning: string;
  readonly running: string;
  readonly waiting: string;
  readonly bullet: string;
}

const unicodeSigns: Signs = {
  done: '✓',
  failed: '✗',
  warning: '!',
  running: '●',
  waiting: '·',
  bullet: '•',
};

const asciiSigns: Signs = {
  done: '+',
  failed: 'x',
  warning: '!',
  running: 'o',
  waiting: '.',
  bullet: '-',
};

/** Styles for a terminal that can show them, or none. */
export function createPalette({
  colors,
  unicode,
}: {
  readonly colors: boolean;
  readonly unicode: boolean;
}): Palette {
  const style = (start: number, end: number) =>
    colors ? (text: string) => `\u001b[${start}m${text}\u001b[${end}m` : (text: string) => text;
  return {
    strong: style(1, 22),
    faint: style(2, 22),
    good: style(32, 39),
    bad: style(31, 39),
    careful: style(33, 39),
    signs: unicode ? unicodeSigns : asciiSigns,
  };
}
