import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { shorten, widthOf } from '../../../src/ui/text.ts';

test('a text is as wide as the library has it', () => {
  for (let code = 0; code <= 0x2fff; code += 1) {
    const one = String.fromCodePoint(code);
    if (widthOf(one) !== stringWidth(one)) expect.fail(`U+${code.toString(16)}`);
  }
  for (const text of [
    '',
    'namespace xerv · Kubernetes …',
    '\u001b[1mbold\u001b[22m',
    '配置',
    '👩‍👩‍👧',
  ])
    expect(widthOf(text), text).toBe(stringWidth(text));
});

test('a name that is too long keeps both of its ends, a sentence its beginning', () => {
  const name = 'arn:aws:eks:eu-central-1:123456789012:cluster/prod';
  expect(shorten(name, 60, '…')).toBe(name);
  expect(shorten(name, 30, '…')).toBe('arn:aws:eks:eu…12:cluster/prod');
  expect(widthOf(shorten('東京の本番環境クラスタ-その一', 21, '…'))).toBeLessThanOrEqual(21);
  expect(shorten('one replica that keeps its work', 20, '…')).toBe('one replica that ke…');
});
