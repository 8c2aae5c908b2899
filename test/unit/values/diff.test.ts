import { describe, expect, it } from 'vitest';
import { diffTrees, formatChanges } from '../../../src/values/diff.ts';
import { formatHeader, parseHeader, withoutHeader } from '../../../src/values/header.ts';
import { parseDocument } from '../../../src/values/parse-document.ts';
import type { Tree } from '../../../src/values/tree.ts';

const document = (text: string) => {
  const parsed = parseDocument(text, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.document;
};

describe('diffTrees', () => {
  it('names each leaf that came, went or changed', () => {
    const before: Tree = { a: 1, b: { c: [1, 2], d: true }, gone: { e: 'x' } };
    const after: Tree = { a: 2, b: { c: [1, 2], d: true }, come: { f: {}, g: null } };
    expect(formatChanges(diffTrees(before, after))).toEqual([
      '~ a: 1 -> 2',
      '+ come.f: {}',
      '+ come.g: null',
      '- gone.e: "x"',
    ]);
  });

  it('masks what may be secret', () => {
    const before: Tree = { dispatch: { redis: { url: 'redis://:hunter2@redis:6379' } } };
    const after: Tree = {
      extraEnv: [{ name: 'API_TOKEN', value: 'hunter2' }],
      dispatch: { redis: { url: 'rediss://user:hunter2@redis:6380' } },
    };
    const text = formatChanges(diffTrees(before, after)).join('\n');
    expect(text).toContain('rediss://');
    expect(text).not.toContain('hunter2');
  });
});

describe('header', () => {
  const target = { context: 'prod-eu', cluster: 'uid-1', namespace: 'xerv', release: 'xerv-2' };

  it('is read back from the file', () => {
    const written = document('a: 1\n');
    written.header = formatHeader(target);
    expect(parseHeader(written.toString())).toEqual(target);
    expect(parseHeader('# nothing of ours\na: 1\n')).toBeUndefined();
  });

  it('is replaced, and the comments around it stay', () => {
    const comment = ` mine\n${formatHeader(target)}\n and mine`;
    expect(withoutHeader(comment)).toBe(' mine\n and mine');
  });
});
