import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { lazyExpression, lazySegmenter, simple } from '../../../scripts/bundle/graphemes.mjs';

const isSimple = new RegExp(`^[${simple}]$`);
const characters = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(
  (one) => isSimple.test(one),
);
const segmenter = new Intl.Segmenter();

test('what is taken for simple is one column wide', () => {
  expect(characters.length).toBeGreaterThan(1000);
  const printable = characters.filter((one) => !/\p{Cc}/u.test(one));
  expect(printable.filter((one) => stringWidth(one) !== 1)).toEqual([]);
});

test('what is taken for simple joins with none of its kind', () => {
  // Whether characters join is a matter of their class; every seventh has each class many times.
  const others = characters.filter((_, index) => index % 7 === 0);
  for (const one of characters) {
    const pairs = others.map((other) => one + other).join('');
    const joined = [...segmenter.segment(pairs)].filter(({ segment }) => segment.length > 1);
    expect(joined, JSON.stringify(one)).toEqual([]);
  }
});

test('segments say where they stand, as those of ICU do', () => {
  const text = '\u001b[1m✓ three\u001b[22m';
  const [own, real] = [lazySegmenter().segment(text), segmenter.segment(text)];
  expect([...own]).toEqual([...real]);
  for (const index of [-1, 0, 4, text.length - 1, text.length])
    expect(own.containing(index)).toEqual(real.containing(index));
});

test('any other text is left to ICU', () => {
  const family = '👨‍👩‍👧 e\u0301 \r\n';
  const parts = (all: Iterable<{ segment: string }>) => Array.from(all, ({ segment }) => segment);
  expect(parts(lazySegmenter().segment(family))).toEqual(parts(segmenter.segment(family)));
  expect(parts(lazySegmenter().segment('a ✓ b'))).toEqual(['a', ' ', '✓', ' ', 'b']);
});

test('an expression is made when it is used, and is what it would have been', () => {
  let made = 0;
  const letter = lazyExpression(() => {
    made += 1;
    return /\p{L}/gu;
  });
  expect(made).toBe(0);
  expect('1a2b'.search(letter)).toBe(1);
  expect('1a2b'.match(letter)).toEqual(['a', 'b']);
  expect(lazyExpression(() => /\p{L}/u).test('12')).toBe(false);
  expect(made).toBe(1);
});
