import { describe, expect, it } from 'vitest';
import type { Key } from '../../../src/wizard/events.ts';
import { editText } from '../../../src/wizard/text-edit.ts';

const key = (name: string): Key => ({ name }) as Key;
const text = (typed: string): Key => ({ name: 'text', text: typed });

describe('a line of text', () => {
  it.each<[string, number, Key, string, number]>([
    ['ab', 1, text('x'), 'axb', 2],
    ['ab', 2, text('x\r\n\u001b[31my\u0007\u202e'), 'abx[31my', 8],
    ['ab', 1, key('left'), 'ab', 0],
    ['ab', 0, key('left'), 'ab', 0],
    ['a😀', 3, key('left'), 'a😀', 1],
    ['a😀', 1, key('right'), 'a😀', 3],
    ['ab', 2, key('right'), 'ab', 2],
    ['ab', 2, key('home'), 'ab', 0],
    ['ab', 0, key('end'), 'ab', 2],
    ['a😀b', 3, key('backspace'), 'ab', 1],
    ['ab', 0, key('backspace'), 'ab', 0],
    ['a😀b', 1, key('delete'), 'ab', 1],
    ['ab', 2, key('delete'), 'ab', 2],
    ['abc', 2, key('ctrl-u'), 'c', 0],
    // What is seen as one character is one.
    ['ae\u0301b', 3, key('left'), 'ae\u0301b', 1],
    ['ae\u0301b', 1, key('right'), 'ae\u0301b', 3],
    ['ae\u0301b', 3, key('backspace'), 'ab', 1],
    ['a🇩🇪b', 1, key('delete'), 'ab', 1],
  ])('"%s" at %i, %o: "%s" at %i', (before, caret, pressed, after, place) => {
    expect(editText({ text: before, caret }, pressed)).toEqual({ text: after, caret: place });
  });

  it('is not edited by other keys', () => {
    expect(editText({ text: 'a', caret: 1 }, key('enter'))).toBeUndefined();
  });

  it('does not take a whole file', () => {
    const pasted = editText({ text: '', caret: 0 }, text('a'.repeat(1_000_000)));
    expect(pasted?.text.length).toBeLessThan(100_000);
  });
});
