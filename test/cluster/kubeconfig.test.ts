import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveAccess } from '../../src/cluster/kubeconfig.ts';
import { describeCluster } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';

interface View {
  readonly 'current-context': string;
  readonly contexts: readonly { name: string; context: { namespace?: string } }[] | null;
  readonly clusters: readonly { cluster: { server: string } }[] | null;
}

const entry = (name: string, server: string, namespace = '') => `
contexts: [{name: ${name}, context: {cluster: ${name}, user: u, namespace: "${namespace}"}}]
clusters: [{name: ${name}, cluster: {server: "${server}"}}]
users: [{name: u, user: {token: t}}]
`;

describeCluster('a kubeconfig is read as kubectl reads it', (cluster) => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  test.each<[string, readonly (string | undefined)[]]>([
    ['one file', [`current-context: a${entry('a', 'https://a', 'team')}`]],
    ['numbers as names', [`current-context: "1234"${entry('"1234"', 'https://a')}`]],
    [
      'the same context in two files',
      [
        entry('a', 'https://first', 'one'),
        `current-context: a${entry('a', 'https://second', 'two')}`,
      ],
    ],
    [
      'two current contexts',
      [
        `current-context: a${entry('a', 'https://a')}`,
        `current-context: b${entry('b', 'https://b')}`,
      ],
    ],
    ['missing and empty files', [undefined, '', `current-context: a${entry('a', 'https://a')}`]],
    [
      'a context and its cluster apart',
      [
        'current-context: a\ncontexts: [{name: a, context: {cluster: far, user: u}}]',
        entry('far', 'https://far'),
      ],
    ],
    [
      'null lists',
      [
        'contexts: null\nclusters: null\nusers: null',
        `current-context: a${entry('a', 'https://a')}`,
      ],
    ],
    [
      'anchors',
      [
        `current-context: a
clusters: [{name: a, cluster: &c {server: "https://a"}}, {name: b, cluster: *c}]
contexts: [{name: a, context: {cluster: b, user: u}}]
users: [{name: u, user: {token: t}}]`,
      ],
    ],
  ])('%s', async (_, contents) => {
    const paths = await Promise.all(
      contents.map(async (content, index) => {
        const path = join(directory, String(index));
        if (content !== undefined) await writeFile(path, content);
        return path;
      }),
    );
    const env = { KUBECONFIG: paths.join(delimiter), HOME: directory };
    const args = ['config', 'view', '-o', 'json'];
    const [whole, minified] = await Promise.all(
      [args, [...args, '--minify']].map(async (one) => {
        const { stdout, stderr } = await runCommand(cluster.tools.kubectl, one, { env });
        expect(stderr).toBe('');
        return JSON.parse(stdout) as View;
      }),
    );
    const resolved = await resolveAccess(
      { requestTimeoutMilliseconds: 1_000 },
      { env, homeDirectory: directory },
    );
    expect({
      context: resolved.contextName,
      server: resolved.access.server,
      namespace: resolved.namespace,
      contexts: resolved.contexts,
    }).toEqual({
      context: minified?.['current-context'],
      server: minified?.clusters?.[0]?.cluster.server,
      namespace: minified?.contexts?.[0]?.context.namespace,
      contexts: whole?.contexts?.map(({ name }) => name).sort(),
    });
  });
});
