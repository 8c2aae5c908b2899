import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { widthOf } from '../../../src/ui/text.ts';

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
