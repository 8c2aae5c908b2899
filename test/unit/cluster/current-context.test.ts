import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentContext } from '../../../src/cluster/current-context.ts';
import { resolveAccess } from '../../../src/cluster/kubeconfig.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'context-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function put(...contents: string[]): Promise<string[]> {
  const paths = contents.map((_, index) => join(directory, `config-${index}`));
  await Promise.all(
    paths.map((path, index) => contents[index] && writeFile(path, contents[index])),
  );
  return paths;
}

const rest = (name: string) => `
contexts: [{name: ${name}, context: {cluster: c}}]
clusters: [{name: c, cluster: {server: 'https://c:6443'}}]
`;

test.each([
  ['plain', [`current-context: work${rest('work')}`]],
  ['in quotes', [`current-context: "1234"${rest("'1234'")}`]],
  [
    'of AWS',
    [`current-context: arn:aws:eks:eu:12:cluster/one${rest('arn:aws:eks:eu:12:cluster/one')}`],
  ],
  [
    'of the first file that has one',
    ['apiVersion: v1', `current-context: a${rest('a')}`, 'current-context: b'],
  ],
  ['where the first file is missing', ['', `current-context: a${rest('a')}`]],
])('a context is what the parsed files say: %s', async (_, contents) => {
  const paths = await put(...contents);
  const request = { requestTimeoutMilliseconds: 1 };
  const { access } = await resolveAccess(request, {
    env: { KUBECONFIG: paths.join(delimiter) },
    homeDirectory: directory,
  });
  expect(currentContext(paths)).toBe(access.context);
});

test.each([
  ['JSON', '{"current-context": "work"}'],
  ['an empty one', 'current-context: ""'],
  ['a folded text', 'current-context: >-\n  work'],
  ['a comment behind it', 'current-context: work # or not'],
  ['two of them', 'current-context: work\ncurrent-context: other'],
  ['one within a text', 'note: |\n  x\n  current-context: other\ncurrent-context: work'],
])('is not guessed where it is not plain: %s', async (_, content) => {
  expect(currentContext(await put(content))).toBeUndefined();
});
