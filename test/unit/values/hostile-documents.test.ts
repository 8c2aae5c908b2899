import { expect, test } from 'vitest';
import { parseDocument } from '../../../src/values/parse-document.ts';

const problemOf = (text: string) => {
  const parsed = parseDocument(text, 'values.yaml');
  return parsed.ok ? undefined : parsed.problems[0];
};

/** Each key means the one before it nine times. */
const bomb = [
  'a: &a [l, l, l, l, l, l, l, l, l]',
  ...[...'bcdefghi'].map((key, index) => {
    const before = 'abcdefgh'[index];
    return `${key}: &${key} [${Array<string>(9).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

test('aliases that multiply are refused without writing them all out', () => {
  const started = process.cpuUsage();
  expect(problemOf(bomb)?.message).toBe('The aliases expand to too many values.');
  const { user } = process.cpuUsage(started);
  // It took seven seconds when each alias was looked for in the whole document.
  expect(user / 1e6).toBeLessThan(3);
});

test('an alias means the last anchor of its name before it', () => {
  const parsed = parseDocument('a: &x 1\nb: *x\nc: &x 2\nd: *x\n', 'values.yaml');
  expect(parsed.ok && parsed.document.toTree()).toEqual({ a: 1, b: 1, c: 2, d: 2 });
});

test.each([400, 600, 20_000])('nesting of %i levels ends no stack', (levels) => {
  const text = `a: ${'{a: '.repeat(levels)}1${'}'.repeat(levels)}\n`;
  const problem = problemOf(text);
  if (levels < 500) expect(problem).toBeUndefined();
  else expect(problem).toMatchObject({ message: expect.stringMatching(/nested too deeply/) });
});

test('says what to do, and nothing of the parser', () => {
  expect(problemOf('a: 1\n---\na: 2\n')).toEqual({
    message: 'It contains more than one document (---).',
    next: 'Keep one, or split it into files and name them in order with -f.',
    where: 'values.yaml, line 2, column 1',
  });
});
