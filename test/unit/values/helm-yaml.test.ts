import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ValuesDocument } from '../../../src/values/document.ts';
import { parseDocument } from '../../../src/values/parse-document.ts';
import { fuzzRuns, type HelmValues, startHelms } from '../../support/helm-values.ts';

let helms: readonly HelmValues[];
let stop: () => void;
beforeAll(async () => {
  ({ helms, stop } = await startHelms());
});
afterAll(() => stop());

/** Texts on the border between text, number, boolean and null. */
const oddTexts = [
  ...['', '~', 'null', 'Null', 'NULL', 'nULL', 'none', '=', '<<', '-', '+', '.', '..', '_', ','],
  ...'y Y yes Yes YES yEs n N no No NO on On ON off Off OFF true True TRUE tRUE false False'.split(
    ' ',
  ),
  ...'0 -0 +0 00 07 0777 08 0778 0o7 0O7 0o8 0b1 0B1 0b2 -0b1 0b+1 0b-1 -0b+1 0x1F 0X1f -0x1f'.split(
    ' ',
  ),
  ...'+12 -12 1_000 1__0 1_ _1 0_7 0x_1 0b_1 +_1 -_.5 1e3 1E3 1e+3 1e-3 1e 1.e3 1. .5 .5e3 .e3'.split(
    ' ',
  ),
  ...'+.5 -.5 ._5 .5_0 1.5_0 0.0 -0.0 1e400 -1e400 .1e999 1e-400 12:30 1:2:3 190:20:30.15'.split(
    ' ',
  ),
  ...'.inf -.inf +.inf .Inf .INF .nan .NaN .NAN inf nan Infinity 0xg 0x 0b 0o 1,000 1.2.3'.split(
    ' ',
  ),
  ...'2001-01-01 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-99-99 0001-01-01 1-2 1e5e5'.split(' '),
  ...'9007199254740991 9007199254740993 -9007199254740993 9223372036854775807'.split(' '),
  ...'9223372036854775808 18446744073709551615 18446744073709551616 -9223372036854775808'.split(
    ' ',
  ),
  ...'-9223372036854775809 +18446744073709551615 0xffffffffffffffff 0xfffffffffffffffff'.split(' '),
  ...'0777777777777777777777 07777777777777777777777 100000000000000000000 1e21 1e20'.split(' '),
  ...'10Gi 100m 1.5Gi 0.1 latest v1 1.0 "x" a@b 10.0.0.1 30s 1000000 é ſ falſe'.split(' '),
];

const nearNumbers = fc.string({
  unit: fc.constantFrom(...'0017_.:eExXoObB+-aAfF9yYnNtT~'),
  maxLength: 7,
});

/** What is written between the colon and the line's end; not every text can stand there. */
const isPlain = (text: string) => !/^[-?:]$|^[-?:] |[:,#] ?$|^[,"@`%&*!|>{}[\]#]|: | #/.test(text);

describe('plain scalars', () => {
  it('are read as helm 3 and helm 4 read them, as values and as keys', async () => {
    const random = fc.sample(nearNumbers, fuzzRuns(1000));
    const texts = [...oddTexts, ...random].filter(isPlain);
    const documents = texts.flatMap((text) => [`v: ${text}\n`, `${text}: v\n`]);
    const ours = documents.map((text) => {
      const parsed = parseDocument(text, 'f');
      return parsed.ok ? normalise(parsed.document.toTree()) : 'refused';
    });
    for (const helm of helms) {
      const theirs = (await helm.readAll(documents)).map((answer) =>
        answer.ok ? normalise(answer.values) : 'refused',
      );
      const differences = documents.flatMap((text, index) => {
        // Keys that are floats are refused by us alone: helm writes them anew.
        const floatKey = ours[index] === 'refused' && /^[-+.\d][\w.+-]*:/.test(text);
        return ours[index] === theirs[index] || floatKey
          ? []
          : [{ text, ours: ours[index], theirs: theirs[index], helm: helm.major }];
      });
      expect(differences).toEqual([]);
    }
  });
});

describe('a document', () => {
  const indent = fc.constantFrom('', '', '  ', '  ', '    ', ' ', '\t');
  const start = fc.constantFrom(
    'a: ',
    'b: ',
    'c:',
    'd: ',
    '- ',
    '-',
    '- a: ',
    '<<: ',
    '? ',
    ': ',
    '',
  );
  const rest = fc.constantFrom(
    ...[
      '',
      '',
      'x',
      '1',
      'yes',
      '0644',
      '|',
      '|-',
      '>',
      '>-',
      '|2',
      '&x 1',
      '*x',
      '&x',
      '&y {a: 1}',
      '*y',
    ],
    ...[
      '[a, b]',
      '[a,',
      'b]',
      '{a: 1}',
      '{a: 1, b}',
      '{',
      '}',
      '[*y]',
      "'it''s'",
      '"a\\n"',
      '"open',
      'end"',
    ],
    ...[
      'x # note',
      'x#y',
      '# note',
      'x: y',
      'http://x:1',
      '!!str 1',
      '!!int 1',
      '"\\u00e9\\x41"',
      "'a",
      "b'",
    ],
    ...[
      '- x',
      '- - x',
      '-x',
      '?x',
      ':x',
      '@x',
      '`x',
      '%x',
      'a\\',
      '"\\/"',
      '"a\\',
      '\u00a0x',
      '\ufeff',
      'é',
    ],
    ...[
      '...',
      '---',
      '--- ',
      '- # note',
      '[]',
      '{}',
      '[a: 1]',
      '{a: [b, {c: d}]}',
      '{a:1}',
      '["a":1]',
      ',',
    ],
  );
  const line = fc.tuple(indent, start, rest).map((parts) => parts.join(''));
  const text = fc
    .array(line, { minLength: 1, maxLength: 6 })
    .map((lines) => `${lines.join('\n')}\n`);

  /** Values in every style, as they may stand after a key, with the lines that follow it. */
  const styled = fc.constantFrom(
    ...[
      'x',
      '',
      ' ',
      '~',
      '0644',
      'yes',
      '"x" # note',
      "'it''s'",
      'a b  c',
      'a:b',
      'a#b',
      '-x',
      '?x',
    ],
    ...[
      '|\n  a\n   b\n\n  c',
      '|-\n  a\n',
      '|+\n  a\n\n',
      '|2\n   a\n  b',
      '>\n  a\n  b\n\n  c',
      '>-\n  a\n   b\n  c',
    ],
    ...[
      '|\n  # no comment\n  a',
      '|\n\n  a',
      '>+\n  a\n\n',
      '|\n  a\t\n  \tb',
      '| # note\n  a',
      '|-\n  - a\n  b: c',
    ],
    ...[
      "'two\n  lines'",
      '"two\n  lines"',
      '"two\\\n  lines"',
      '"a\n\n  b"',
      "'a\n\n\n  b'",
      'two\n  lines',
      'a\n\n  b',
    ],
    ...[
      '"\\t\\x41\\u00e9\\U0001F600\\e\\_\\N\\L"',
      '"\\\\"',
      '"\\""',
      "'\\n'",
      '"a\\ b"',
      '"😀é"',
      '😀é\u00a0x',
    ],
    ...[
      '[a, b,]',
      '[a, [b], {c: d}]',
      '[]',
      '{}',
      '{a: 1, b}',
      '{a: [1]}',
      '{"a":1, b: ""}',
      '[a\n  ,b]',
      '{a:\n  1}',
    ],
    ...[
      '\n  - a\n  - b',
      '\n- a\n-\n  b: 1\n-   c: 2\n    d: 3',
      '\n  - - a\n    - b\n  -',
      '\n  a: 1\n  b:\n    c: 2',
    ],
    ...[
      '&x 1',
      '&x {a: 1}',
      '\n  <<: *m\n  a: 0',
      '\n  a: 0\n  <<: *m',
      '\n  <<: [*m, *n]',
      '{<<: *m}',
      '*m',
      '[*m, *n]',
    ],
    ...[
      '!!str 1',
      '!!int 1',
      '!!map {a: 1}',
      '&y\n  a: 1',
      '&z !!str x',
      '# note\n  x',
      '\n# note\n  - a',
      '\n  # note\n  a: 1',
    ],
    ...[
      '1_000',
      '0b11',
      '1e3',
      '.5',
      '-.5',
      '+1',
      '1:30',
      '2001-01-01',
      '0x_F',
      '<<',
      '=',
      'null',
      'nULL',
      'on # x',
    ],
  );
  const whole = fc
    .array(fc.tuple(styled, fc.constantFrom('', '', '\n', '# note\n')), { maxLength: 5 })
    .map((values) =>
      ['m: &m {a: 1, c: x}\nn: &n {a: 2, d: y}\n']
        .concat(values.map(([value, after], index) => `k${index}: ${value}\n${after}`))
        .join(''),
    );

  it('is never read otherwise than helm 3 and helm 4 read it', async () => {
    const broken = fc.sample(text, fuzzRuns(500));
    const texts = [...broken, ...fc.sample(whole, fuzzRuns(500))];
    const ours = texts.map((source) => {
      const parsed = parseDocument(source, 'f');
      return parsed.ok ? normalise(parsed.document.toTree()) : undefined;
    });
    for (const helm of helms) {
      const theirs = await helm.readAll(texts);
      const differences = texts.flatMap((source, index) => {
        const answer = theirs[index];
        // What we refuse and helm reads is a matter of taste: duplicates, tags, odd syntax. The
        // other way round helm tells the user itself; there broken lines are left to it.
        const leftToHelm = answer?.ok === false && index < broken.length;
        const same =
          ours[index] === undefined ||
          leftToHelm ||
          (answer?.ok && normalise(answer.values) === ours[index]);
        return same ? [] : [{ source, ours: ours[index], theirs: answer, helm: helm.major }];
      });
      expect(differences).toEqual([]);
      expect(ours.filter((values) => values !== undefined).length).toBeGreaterThan(
        texts.length / 4,
      );
    }
  });

  it('is written back so that helm 3 and helm 4 read the same', async () => {
    const documents = fc.sample(whole, fuzzRuns(300)).flatMap((source) => {
      const parsed = parseDocument(source, 'f');
      if (!parsed.ok) return [];
      const values = { ...parsed.document.toTree(), k0: 'changed', added: { on: 'yes' } };
      parsed.document.set(['k0'], values.k0);
      parsed.document.set(['added', 'on'], 'yes');
      return [{ source, text: parsed.document.toString(), values: normalise(values) }];
    });
    expect(documents.length).toBeGreaterThan(10);
    for (const helm of helms) {
      const answers = await helm.readAll(documents.map(({ text }) => text));
      const differences = documents.flatMap((document, index) => {
        const answer = answers[index];
        return answer?.ok && normalise(answer.values) === document.values
          ? []
          : [{ ...document, answer, helm: helm.major }];
      });
      expect(differences).toEqual([]);
    }
  });
});

describe('what is written', () => {
  const anyText = fc.oneof(
    fc.constantFrom(...oddTexts),
    nearNumbers,
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...' \n\t\r:#-?"\'\\|>&*!%@`{}[],a0'), maxLength: 12 }),
    fc
      .array(fc.constantFrom('a', ' b', 'c ', '', ' ', '\t', '#', '---', '...', '- x'), {
        maxLength: 5,
      })
      .map((lines) => lines.join('\n')),
  );
  const anyNode = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      { arbitrary: anyText, weight: 4 },
      fc.constantFrom(null, true, false),
      fc.oneof(
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.maxSafeInteger(),
      ),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(anyText, tie('node'), { maxKeys: 3 }),
    ),
  }));
  const anyTree = fc.dictionary(anyText, anyNode.node, { maxKeys: 4 });

  it('is read back by helm 3, helm 4 and us as the same values', async () => {
    const trees = [
      Object.fromEntries(oddTexts.map((text, index) => [`k${index}`, text])),
      Object.fromEntries(oddTexts.map((text) => [text, [text, { [text]: text }]])),
      ...fc.sample(anyTree, fuzzRuns(300)),
    ] as Record<string, never>[];
    const texts = trees.map((tree) => {
      const document = ValuesDocument.empty('f');
      for (const [key, value] of Object.entries(tree)) document.set([key], value);
      return document.toString();
    });
    trees.forEach((tree, index) => {
      const parsed = parseDocument(texts[index] ?? '', 'f');
      expect(parsed.ok ? normalise(parsed.document.toTree()) : parsed, texts[index]).toEqual(
        normalise(tree),
      );
    });
    for (const helm of helms) {
      const answers = await helm.readAll(texts);
      trees.forEach((tree, index) => {
        const answer = answers[index];
        expect(answer?.ok ? normalise(answer.values) : answer?.error, texts[index]).toBe(
          normalise(tree),
        );
      });
    }
  });
});

/** JSON with the keys in order and without what JSON cannot say: -0, half surrogates. */
function normalise(value: unknown): string {
  return Buffer.from(
    JSON.stringify(value, (_, node: unknown) =>
      typeof node === 'object' && node !== null && !Array.isArray(node)
        ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
        : Object.is(node, -0)
          ? 0
          : node,
    ),
  ).toString();
}
