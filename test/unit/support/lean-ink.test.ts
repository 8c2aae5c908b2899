import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leanInk } from '../../../scripts/bundle/ink.mjs';
import { root } from '../../../scripts/setup.mjs';

interface Output {
  readonly write: (x: number, y: number, text: string, options: WriteOptions) => void;
  readonly clip: (clip: { x1: number; x2: number; y1: number; y2: number }) => void;
  readonly unclip: () => void;
  readonly get: () => { readonly output: string; readonly height: number };
}

interface WriteOptions {
  readonly transformers: readonly ((line: string, index: number) => string)[];
}

type OutputClass = new (size: { width: number; height: number }) => Output;

/** Ink's output.js, as it is and as it is bundled. */
async function loadOutput(plugins: (typeof leanInk)[]): Promise<OutputClass> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'node_modules/ink/build/output.js')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    plugins,
  });
  const module = { exports: {} as { default: OutputClass } };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports);
  return module.exports.default;
}

const piece = fc.constantFrom(
  ...['XERV', ' ', '  ', 'a b', '…', '❯', '配置', '👩‍👩‍👧', 'é', '\u200b'],
  ...['\u001b[1mbold\u001b[22m', '\u001b[36m', '\u001b[39m', '\u001b[7m \u001b[27m', '\u001b[2m '],
);
const line = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const identity = (text: string) => text;
const transformers = fc.constantFrom(
  [],
  [identity],
  [identity, (text: string) => `\u001b[4m${text}\u001b[24m`],
  [(text: string, index: number) => `${index}${text}`],
);
const alone = fc.array(fc.record({ text: line, transformers }), { maxLength: 6 });
const anywhere = fc.array(
  fc.record({
    x: fc.integer({ min: -2, max: 6 }),
    y: fc.integer({ min: -1, max: 7 }),
    text: fc.oneof(
      line,
      fc.tuple(line, line).map(([one, other]) => `${one}\n${other}`),
    ),
    transformers,
    isClipped: fc.boolean(),
  }),
  { maxLength: 6 },
);

test('what Ink draws is the same for lines that stand alone, and for all that overlap', async () => {
  const [original, lean] = await Promise.all([loadOutput([]), loadOutput([leanInk])]);
  const both = (draw: (output: Output) => void) =>
    [original, lean].map((OutputOf) => {
      const output = new OutputOf({ width: 12, height: 6 });
      draw(output);
      return output.get();
    });
  fc.assert(
    fc.property(alone, (lines) => {
      const [expected, drawn] = both((output) => {
        for (const [y, { text, ...options }] of lines.entries()) output.write(0, y, text, options);
      });
      expect(drawn).toEqual(expected);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(anywhere, (writes) => {
      const [expected, drawn] = both((output) => {
        for (const { x, y, text, isClipped, ...options } of writes) {
          if (isClipped) output.clip({ x1: 1, x2: 8, y1: 0, y2: 4 });
          output.write(x, y, text, options);
          if (isClipped) output.unclip();
        }
      });
      expect(drawn).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
