import { fill } from './fill.ts';

/** As wide as the narrowest usual terminal. */
const width = 80;

/**
 * Lines of at most 80 columns, whatever the output is; a word that is longer is broken.
 * @param indent how far in the first line begins
 * @param hanging how far in the others do
 */
export function wrap(text: string, indent: number, hanging = indent + 2): string[] {
  const room = width - Math.max(indent, hanging);
  const words = text.match(new RegExp(`\\S{1,${room}}`, 'g')) ?? [];
  const spaced = words.map((word) => `${word} `);
  return fill(spaced, width, ' '.repeat(indent), ' '.repeat(hanging)).map((line) => line.trimEnd());
}
