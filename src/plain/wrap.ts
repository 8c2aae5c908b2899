/** As wide as the narrowest usual terminal. */
const width = 80;

/**
 * Lines of at most 80 columns, whatever the terminal; a word that is longer is broken.
 * @param indent how far in the first line begins
 * @param hanging how far in the others do
 */
export function wrap(text: string, indent: number, hanging = indent + 2): string[] {
  const room = width - Math.max(indent, hanging);
  const words = text
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'g')) ?? []);
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, index) => ' '.repeat(index === 0 ? indent : hanging) + one);
}
