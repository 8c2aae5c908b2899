import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValuesDocument } from '../../../src/values/document.ts';
import { withDifference } from '../../../src/values/edit.ts';
import { parseDocument } from '../../../src/values/parse-document.ts';
import type { Tree } from '../../../src/values/tree.ts';

const parse = (text: string) => {
  const parsed = parseDocument(text, 'test.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.document;
};
const edit = (text: string, wanted: Tree) => withDifference(parse(text), wanted).toString();

describe('the difference to wanted values', () => {
  it('leaves what does not differ as it was written', () => {
    const original = parse('# mine\nreplicaCount: 3 # odd\n\nserver: {apiPort: 0x1F90}\nold: 1\n');
    const wanted = { replicaCount: 5, server: { apiPort: 8080 }, image: { tag: 'yes' } };
    expect(withDifference(original, wanted).toString()).toBe(
      '# mine\nreplicaCount: 5 # odd\n\nserver: {apiPort: 0x1F90}\nimage:\n  tag: "yes"\n',
    );
    expect(original.toString()).toContain('old: 1');
  });

  it('takes out whole maps that are wanted no more', () => {
    expect(edit('a: 1\nkeda:\n  enabled: true # on\n', { a: 1 })).toBe('a: 1\n');
  });

  it('keeps the comments of the list items that stay', () => {
    const text = `extraEnv:
  # for tests
  - name: A
    value: "1" # first
  # gone soon
  - name: B
    value: "2"
  - name: C # third
    value: "3"
`;
    const wanted = {
      extraEnv: [
        { name: 'A', value: '1' },
        { name: 'C', value: 'three' },
      ],
    };
    expect(edit(text, wanted)).toBe(`extraEnv:
  # for tests
  - name: A
    value: "1" # first
  - name: C # third
    value: "three"
`);
  });

  it('keeps null, which deletes a default of the chart', () => {
    expect(edit('a:\n  b: 1\n', { a: { b: null }, c: null })).toBe('a:\n  b: null\nc: null\n');
  });

  it('masks passwords in comments', () => {
    const text = '# was redis://:hunter2@old\na: 1 # or nats://u:hunter2@n\n';
    expect(edit(text, { a: 2 })).toBe(
      '# was redis://:[secret]@old\na: 2 # or nats://u:[secret]@n\n',
    );
  });

  it('makes any document say any values, and the text says the same', () => {
    const key = fc.constantFrom('a', 'b', 'yes', '1', 'x.y', '');
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, true, 1, 2.5, '', 'text', 'yes', '0777', 'two\nlines\n'),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    }));
    const tree = fc.dictionary(key, node, { maxKeys: 4 }) as fc.Arbitrary<Tree>;
    fc.assert(
      fc.property(tree, tree, (before, wanted) => {
        const document = withDifference(ValuesDocument.empty('f'), before);
        expect(parse(document.toString()).toTree()).toEqual(before);
        const edited = withDifference(parse(document.toString()), wanted);
        expect(edited.toTree()).toEqual(wanted);
        expect(parse(edited.toString()).toTree()).toEqual(wanted);
      }),
    );
  });
});
