import { keyMap } from './key-map.ts';
import { keyWord } from './key-words.ts';

/** The keys of the wizard as a page of Markdown: `docs/wizard.md`, made by `npm run generate`. */
export function wizardPage(): string {
  return [
    '# The wizard',
    '',
    'Made from the key map in `src/wizard` by `npm run generate`.',
    '',
    'Without a command, on a terminal, create-xerv-deploy asks: where, what to start from, and what',
    'to change. Nothing changes before you consent at the review, with `y` or by typing the word that',
    'it asks for. Its last line is the command that does the same.',
    '',
    '## Keys',
    '',
    'While you type text, letters, digits and signs are just text. `?` shows this list.',
    '',
    '| keys | what they do |',
    '| --- | --- |',
    ...keyMap.map(({ keys, help }) => `| ${keyNames(keys)} | ${help} |`),
    '',
  ].join('\n');
}

function keyNames(keys: readonly string[]): string {
  const isDigits = keys.length === 10 && keys.every((key) => /^\d$/.test(key));
  if (isDigits) return '`1` to `9`, `0`';
  return keys.map((key) => `\`${keyWord(key)}\``).join(' ');
}
