import fc from 'fast-check';
import { expect, test } from 'vitest';
import { helmJson } from '../../../src/values/helm-json.ts';
import { fuzzRuns, startHelms } from '../../support/helm-values.ts';

/** What YAML takes for the end of a line, refuses, or might take for something else than text. */
const odd = fc.constantFrom(
  ...'\u007f \u0085 \u009f \u00a0 \u2028 \u2029 \ufeff \ufffe \uffff \u0000 \u001b \t \n \r 😀 é'.split(
    ' ',
  ),
  ...'" \\ # : / yes 1e3 - {'.split(' '),
  ' ',
);
const text = fc.array(odd, { maxLength: 4 }).map((parts) => parts.join(''));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const { tree } = fc.letrec<{ tree: Record<string, unknown>; node: unknown }>((tie) => ({
  tree: fc.dictionary(text, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  node: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 3 }),
    tie('tree'),
  ),
}));

test('values reach helm 3 and helm 4 as they are', async () => {
  const { helms, stop } = await startHelms();
  try {
    const values = fc.sample(tree, fuzzRuns(500));
    for (const helm of helms) {
      const read = await helm.readAll(values.map((one) => helmJson(one as never)));
      read.forEach((answer, index) => {
        // helm reads its own numbers anew: -0 is 0 to it.
        expect(answer).toEqual({ ok: true, values: JSON.parse(JSON.stringify(values[index])) });
      });
    }
  } finally {
    stop();
  }
});
