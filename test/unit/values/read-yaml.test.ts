import { expect, it } from 'vitest';
import { readYaml } from '../../../src/values/read-yaml.ts';

it('reads scalars as helm does', () => {
  const text =
    'a: yes\nb: 0777\nc: 1e3\nd: "yes"\ne: ~\nf:\ng: 1.5\nh: v1\ni: 2001-01-01\nj: .inf\n';
  expect(readYaml(text)).toEqual([
    {
      ...{ a: true, b: 511, c: 1000, d: 'yes', e: null, f: null, g: 1.5 },
      ...{ h: 'v1', i: '2001-01-01', j: '.inf' },
    },
  ]);
});

it('reads every document, blocks and merged maps', () => {
  const text =
    '# Source: a\n---\na: |\n  x\n   y\n---\nb: &b {c: 1}\nd:\n  <<: *b\n  e: [on]\n---\n';
  expect(readYaml(text)).toEqual([{ a: 'x\n y\n' }, { b: { c: 1 }, d: { c: 1, e: [true] } }, null]);
});

it('reads what helm takes although it should not', () => {
  expect(readYaml('a: 1\na: 2\n')).toEqual([{ a: 2 }]);
  expect(readYaml('kind: A\nspec: !odd {b: 1}\n')).toEqual([{ kind: 'A', spec: { b: 1 } }]);
  expect(readYaml('')).toEqual([]);
});
