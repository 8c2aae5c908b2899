import type { Key } from './events.ts';

/** A line of text with the caret's place in it, in UTF-16 code units. */
export interface EditedText {
  readonly text: string;
  readonly caret: number;
}

/** A pasted file must not stop the screen. */
const maximumLength = 20_000;

/** Control and format characters: line ends, escapes, what turns the direction of text. */
const controlCharacters = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text that was typed or pasted, as far as it may stand in a line. */
export function withoutControlCharacters(text: string): string {
  return text.replace(controlCharacters, '');
}

/** What a key makes of a line; undefined for keys that do not edit. */
export function editText({ text, caret }: EditedText, key: Key): EditedText | undefined {
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  switch (key.name) {
    case 'text': {
      const added = withoutControlCharacters(key.text).slice(0, maximumLength - text.length);
      return { text: before + added + after, caret: caret + added.length };
    }
    case 'left':
      return { text, caret: caret - lastCharacter(before).length };
    case 'right':
      return { text, caret: caret + firstCharacter(after).length };
    case 'home':
      return { text, caret: 0 };
    case 'end':
      return { text, caret: text.length };
    case 'backspace': {
      const kept = before.slice(0, before.length - lastCharacter(before).length);
      return { text: kept + after, caret: kept.length };
    }
    case 'delete':
      return { text: before + after.slice(firstCharacter(after).length), caret };
    case 'ctrl-u':
      return { text: after, caret: 0 };
    default:
      return undefined;
  }
}

function firstCharacter(text: string): string {
  return characterAt(text, 0);
}

function lastCharacter(text: string): string {
  return characterAt(text, text.length - 1);
}

/** What is seen as one character, which may be several code points. */
function characterAt(text: string, index: number): string {
  return new Intl.Segmenter().segment(text).containing(index)?.segment ?? '';
}
