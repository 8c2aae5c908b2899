import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTyped } from '../../../src/ui/typed-keys.ts';

/** Keys in a few characters each. */
function namesOf(typed: string) {
  const { keys, rest } = readTyped(typed);
  return {
    keys: keys.map((key) => (key.name === 'text' ? key.text : `<${key.name}>`)).join(''),
    rest,
  };
}

test.each([
  ['\u001b[A\u001b[B\u001bOA\u001b[C\u001b[D', '<up><down><up><right><left>'],
  [
    '\u001b[5~\u001b[6~\u001b[H\u001b[F\u001b[1~\u001b[4~',
    '<page-up><page-down><home><end><home><end>',
  ],
  ['\u001b[Z\t\r\n\n', '<shift-tab><tab><enter><enter>'],
  ['\u0005\u0012', '<ctrl-e><ctrl-r>'],
  ['\u007f\u0008\u0015\u0003\u001b[3~', '<backspace><backspace><ctrl-u><ctrl-c><delete>'],
  ['jj\r50Gi', 'jj<enter>50Gi'],
  ['\u0001ünï\u{1f600}', 'ünï\u{1f600}'],
])('%j', (typed, keys) => {
  expect(namesOf(typed)).toEqual({ keys, rest: '' });
});

test.each([
  '\u001b',
  '\u001b[',
  '\u001b[1;5A',
  '\u001b[200~a\u001b[201~',
  '\u001bx',
  '\u001b\u001b',
])('%j is left, and what comes after it', (odd) => {
  expect(namesOf(`a${odd}b\r`)).toEqual({ keys: 'a', rest: `${odd}b\r` });
  expect(namesOf(odd)).toEqual({ keys: '', rest: odd });
});

test('keys are the same however they arrive', () => {
  const typed = 'a\u001b[A\rü\u001b[5~\u001bOBb\u001b[Z9\u007f';
  fc.assert(
    fc.property(fc.nat(typed.length), (cut) => {
      const first = readTyped(typed.slice(0, cut));
      const second = readTyped(first.rest + typed.slice(cut));
      expect([...first.keys, ...second.keys]).toEqual(readTyped(typed).keys);
      expect(second.rest).toBe('');
    }),
  );
});
