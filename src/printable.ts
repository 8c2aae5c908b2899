import { isNarrow } from './narrow.ts';

/** Glyphs that texts of ours hold, for terminals that show ASCII only. */
const asciiTwins: Readonly<Record<string, string>> = {
  '…': '...',
  '→': '->',
  '·': '|',
  '•': '*',
  '–': '-',
  '—': '-',
  '✓': '+',
  '✗': 'x',
  '●': 'o',
  '❯': '>',
  '×': 'x',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

const glyphs = Object.keys(asciiTwins).join('');

/** `\p{Cc}`, which takes a moment to be made. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/**
 * Makes a text safe for one line of the screen: what comes from the cluster may hold line ends and
 * escape sequences, which would move the cursor.
 */
export function toPrintable(text: string, unicode: boolean): string {
  if (isNarrow(text, unicode ? glyphs : '')) return text;
  const oneLine = text.replaceAll('\t', '  ').replace(controls, ' ');
  return unicode ? oneLine : oneLine.replace(/[^\u0020-\u007e]/g, (one) => asciiTwins[one] ?? one);
}

/** The same with its line ends, for text that is written as lines. */
export function toPrintableLines(text: string, unicode: boolean): string {
  return text
    .split('\n')
    .map((line) => toPrintable(line, unicode))
    .join('\n');
}

/** The glyphs of our texts as ASCII; colours and line ends stay, and so does what others wrote. */
export function withoutGlyphs(text: string): string {
  return text.replace(new RegExp(`[${glyphs}]`, 'g'), (one) => asciiTwins[one] ?? one);
}

/** All texts of a view through `map`; what is called a value is answered with, and not shown. */
export function mapTexts<T>(value: T, map: (text: string) => string): T {
  if (typeof value === 'string') return map(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'value' ? item : mapTexts(item, map)]),
  ) as T;
}
