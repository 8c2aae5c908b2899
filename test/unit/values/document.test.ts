import { describe, expect, it } from 'vitest';
import { DeployError } from '../../../src/errors.ts';
import type { ValuesDocument } from '../../../src/values/document.ts';
import { parseDocument } from '../../../src/values/parse-document.ts';
import type { Node } from '../../../src/values/tree.ts';

function parse(text: string): ValuesDocument {
  const parsed = parseDocument(text, 'mine.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.document;
}

function problemsOf(text: string) {
  const parsed = parseDocument(text, 'mine.yaml');
  return parsed.ok ? [] : parsed.problems.map(({ message, where }) => `${where}: ${message}`);
}

const commented = `# Values of the team.
# Ask before you change them.

# How many.
replicaCount: 3 # odd for raft

image: {repository: example.com/xerv, tag: "1.0"}
dispatch:
  backend: raft
  redis: # later
extraEnv:
- name: MODE   # of operation
  value: 'fast'
# for the database
- name: OCTAL
  value: "0755"
unknownToUs:
  mode: 0644
  on: yes
  script: |
    line one
      line two

# The end.
`;

describe('a values document', () => {
  it('keeps comments, order, layout and unknown keys', () => {
    expect(parse(commented).toString()).toBe(commented.replace('MODE   #', 'MODE #'));
  });

  it('takes a change in its place and nothing else', () => {
    const document = parse(commented);
    document.set(['replicaCount'], 5);
    document.set(['image', 'tag'], '1.1');
    document.set(['extraEnv', 1, 'value'], '0700');
    document.set(['extraEnv', 2], { name: 'NEW', value: 'yes' });
    document.delete(['extraEnv', 0]);
    document.set(['dispatch', 'redis', 'url'], 'redis://cache:6379');
    document.set(['added', 'deep'], { list: ['12:30', null, 1e6], empty: {} });
    expect(document.toString()).toBe(`# Values of the team.
# Ask before you change them.

# How many.
replicaCount: 5 # odd for raft

image: {repository: example.com/xerv, tag: "1.1"}
dispatch:
  backend: raft
  redis:
    # later
    url: redis://cache:6379
extraEnv:
# for the database
- name: OCTAL
  value: "0700"
- name: NEW
  value: "yes"
unknownToUs:
  mode: 0644
  on: yes
  script: |
    line one
      line two
added:
  deep:
    list:
    - "12:30"
    - null
    - 1000000
    empty: {}

# The end.
`);
  });

  it('keeps an indentation of four', () => {
    const text = 'a:\n    b:\n        - c: 1\n          d: 2\n';
    const document = parse(text);
    document.set(['a', 'e'], { f: [1] });
    expect(document.toString()).toBe(`${text}    e:\n        f:\n            - 1\n`);
  });

  it('changes a clone without changing the original', () => {
    const original = parse('a: 1 # one\nb: {c: 2}\n');
    const clone = original.clone();
    clone.set(['b', 'c'], 3);
    clone.delete(['a']);
    expect(clone.toTree()).toEqual({ b: { c: 3 } });
    expect(original.toString()).toBe('a: 1 # one\nb: {c: 2}\n');
    expect(original.toTree()).toEqual({ a: 1, b: { c: 2 } });
  });

  it('keeps Windows line breaks', () => {
    const document = parse('a: 1 # one\r\nb: |\r\n  x\r\n  y\r\n');
    expect(document.get(['b'])).toBe('x\ny\n');
    document.set(['a'], 2);
    expect(document.toString()).toBe('a: 2 # one\r\nb: |\r\n  x\r\n  y\r\n');
  });

  it.each([
    ['', {}],
    ['# only a comment\n', {}],
    ['---\n', {}],
    ['null\n', {}],
    ['\ufeffa: 1\n', { a: 1 }],
    ['--- # values\na: 1\n...\n', { a: 1 }],
  ])('reads %j', (text, values) => {
    const document = parse(text);
    expect(document.toTree()).toEqual(values);
    document.set(['b'], 'c');
    expect(parse(document.toString()).toTree()).toEqual({ ...values, b: 'c' });
  });

  it('keeps the comments of a file that says nothing else', () => {
    const document = parse('# first\n\n# second\n');
    document.set(['a'], 1);
    expect(document.toString()).toBe('# first\n\n# second\n\na: 1\n');
  });

  it.each<[string, (string | number)[], string]>([
    ['dispatch: redis\n', ['dispatch', 'backend'], 'dispatch is a single value'],
    ['a: {b: [1]}\n', ['a', 'b', 'c'], 'a.b is a list'],
    ['a: {b: {c: 1}}\n', ['a', 'b', 0], 'a.b is a map'],
  ])('refuses to set through something else: %s', (text, path, why) => {
    const document = parse(text);
    try {
      document.set(path, 1);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DeployError);
      expect((error as DeployError).exitCode).toBe(2);
      expect((error as DeployError).message).toContain(why);
    }
    expect(document.toString()).toBe(text);
  });
});

describe('what is shared in a document', () => {
  const shared = `base: &base {a: 1, deep: &deep {x: 1}}
alias: *base
nested: [*deep]
merged:
  before: 1
  a: 0
  <<: *base
  after: 2
`;
  const values = {
    base: { a: 1, deep: { x: 1 } },
    alias: { a: 1, deep: { x: 1 } },
    nested: [{ x: 1 }],
    merged: { before: 1, a: 1, deep: { x: 1 }, after: 2 },
  };

  it('is read as helm reads it: a merge overrides what stands before it', () => {
    expect(parse(shared).toTree()).toEqual(values);
  });

  it.each<[(string | number)[], Node, object]>([
    [['alias', 'a'], 9, { ...values, alias: { a: 9, deep: { x: 1 } } }],
    [['alias', 'deep', 'x'], 9, { ...values, alias: { a: 1, deep: { x: 9 } } }],
    [['base', 'a'], 9, { ...values, base: { a: 9, deep: { x: 1 } } }],
    [['base', 'deep', 'x'], 9, { ...values, base: { a: 1, deep: { x: 9 } } }],
    [['base'], 'gone', { ...values, base: 'gone' }],
    [['nested', 0, 'x'], 9, { ...values, nested: [{ x: 9 }] }],
    [['nested', 1], 9, { ...values, nested: [{ x: 1 }, 9] }],
    [['merged', 'a'], 9, { ...values, merged: { ...values.merged, a: 9 } }],
    [['merged', 'deep', 'x'], 9, { ...values, merged: { ...values.merged, deep: { x: 9 } } }],
    [['merged', 'new'], 9, { ...values, merged: { ...values.merged, new: 9 } }],
  ])('is copied before %j is set', (path, value, expected) => {
    const document = parse(shared);
    document.set(path, value);
    expect(document.toTree()).toEqual(expected);
    expect(parse(document.toString()).toTree()).toEqual(expected);
  });

  it.each<[(string | number)[], object]>([
    [['base'], { alias: values.alias, nested: values.nested, merged: values.merged }],
    [['alias', 'a'], { ...values, alias: { deep: { x: 1 } } }],
    [['merged', 'a'], { ...values, merged: { before: 1, deep: { x: 1 }, after: 2 } }],
    [['base', 'deep'], { ...values, base: { a: 1 } }],
    [['nested', 0], { ...values, nested: [] }],
  ])('is copied before %j is deleted', (path, expected) => {
    const document = parse(shared);
    document.delete(path);
    expect(document.toTree()).toEqual(expected);
    expect(parse(document.toString()).toTree()).toEqual(expected);
  });
});

describe('a document that cannot be read', () => {
  it('has all its problems told at once, with line and column', () => {
    expect(problemsOf('a: .inf\nb: *gone\na: 1\n? [x]\n: 2\n~: 3\nc: !secret x\n1e3: 4\n')).toEqual(
      [
        'mine.yaml, line 1, column 4: helm cannot read the number .inf.',
        'mine.yaml, line 2, column 4: There is no anchor &gone before *gone.',
        'mine.yaml, line 3, column 1: The key "a" is repeated: it is already in line 1.',
        'mine.yaml, line 4, column 3: A key with a question mark (?) cannot be read here.',
        'mine.yaml, line 6, column 1: A key cannot be nothing.',
        'mine.yaml, line 7, column 12: The tag !secret cannot be read here.',
        'mine.yaml, line 8, column 1: A key cannot be 1e3.',
      ],
    );
  });

  it.each([
    ['a: 1\n\tb: 2\n', /line 2, column 1: There is a tab/],
    ['a: [1, 2\nb: 3\n', /line 2/],
    ['a: b: c\n', /line 1, column 4: There is a second key: value/],
    ['a: 1\n---\nb: 2\n', /line 2, column 1: It contains more than one document/],
    ['- a\n- b\n', /line 1, column 1: Values must be a map of keys, but this is a list/],
    ['just text\n', /this is a single value/],
    ['a: "x\u2028y"\n', /line 1, column 6: There is an invisible character U\+2028/],
    ['a: x\u0000\n', /U\+0000/],
    ['a: 1\rb: 2\n', /line 1, column 5: There is an invisible character U\+000D/],
    ['%YAML 1.2\n---\na: 1\n', /directive/],
    ['--- {a: 1}\n', /Only a comment may follow ---/],
    ['a: &a [*a]\n', /contains itself/],
    ['yes: 1\ntrue: 2\n', /line 2, column 1: The key "true" is repeated/],
    ['1: a\n"1": b\n', /line 2, column 1: The key "1" is repeated/],
    ['a: {b: 1, b: 2}\n', /line 1, column 11: The key "b" is repeated/],
    ['<<: 3\n', /Only a map/],
    ['[a]: 1\n', /A key cannot be a map or a list/],
    ['a: "x\\/y"\n', /does not know the escape/],
  ])('%j', (text, message) => {
    expect(problemsOf(text).join('\n')).toMatch(message);
  });

  it('is refused where it is nested too deeply', () => {
    expect(problemsOf('a: {'.repeat(5000)).join()).toMatch(/nested too deeply|not valid YAML/);
  });

  it('is refused where aliases multiply', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i += 1) lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`);
    expect(problemsOf(lines.join('\n'))).toEqual([expect.stringMatching(/aliases expand/)]);
  });
});

describe('what helm reads otherwise than it looks', () => {
  it.each([
    ['n: 1\n', 'helm reads the key n as "false".'],
    ['010: 1\n', 'helm reads the key 010 as "8".'],
    ['a: 9007199254740993\n', 'helm keeps the number 9007199254740993 as 9007199254740992.'],
  ])('is warned of: %s', (text, message) => {
    const parsed = parseDocument(text, 'mine.yaml');
    expect(parsed.ok && parsed.warnings.map((warning) => warning.message)).toEqual([message]);
  });

  it('is not warned of where nothing is lost', () => {
    const parsed = parseDocument('a: 9007199254740992\n8080: yes\n"n": 0644\n', 'mine.yaml');
    expect(parsed.ok && parsed.warnings).toEqual([]);
  });
});
