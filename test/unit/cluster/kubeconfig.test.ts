import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AccessRequest,
  resolveAccess,
  type Surroundings,
} from '../../../src/cluster/kubeconfig.ts';
import { DeployError } from '../../../src/errors.ts';

const work = `
apiVersion: v1
kind: Config
current-context: work
contexts:
  - {name: work, context: {cluster: office, user: me, namespace: team}}
  - {name: staging, context: {cluster: lab, user: me}}
  - {name: 1234, context: {cluster: lab}}
clusters:
  - {name: office, cluster: {server: 'https://office:6443', certificate-authority-data: QQ==}}
  - {name: lab, cluster: {server: 'https://lab:6443'}}
users:
  - {name: me, user: {token: very-secret-token}}
`;

let directory: string;
let home: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  home = join(directory, 'home');
  await mkdir(join(home, '.kube'), { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

const put = async (name: string, content: string): Promise<string> => {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
};
const resolve = (request: Partial<AccessRequest> = {}, env: Surroundings['env'] = {}) =>
  resolveAccess(
    { requestTimeoutMilliseconds: 1_000, ...request },
    { env, homeDirectory: home, serviceAccountDirectory: join(directory, 'service-account') },
  );
const refusal = async (promise: Promise<unknown>): Promise<DeployError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeployError);
  return error as DeployError;
};

describe('which file', () => {
  test('~/.kube/config by default, with everything that people recognise and no credential', async () => {
    const path = await put('home/.kube/config', work);
    const resolved = await resolve();
    expect(resolved).toEqual({
      access: {
        kubeconfig: path,
        context: 'work',
        server: 'https://office:6443',
        impersonateUser: undefined,
        impersonateGroups: [],
        requestTimeoutMilliseconds: 1_000,
      },
      contextName: 'work',
      namespace: 'team',
      contexts: ['1234', 'staging', 'work'],
    });
    expect(JSON.stringify(resolved)).not.toContain('secret');
  });

  test('HOME wins over what the system says', async () => {
    await mkdir(join(directory, 'other/.kube'), { recursive: true });
    const path = await put('other/.kube/config', work);
    const { access } = await resolve({}, { HOME: join(directory, 'other') });
    expect(access.kubeconfig).toBe(path);
  });

  test('KUBECONFIG wins over the default, the flag over both', async () => {
    await put('home/.kube/config', work);
    const one = await put('one', work.replace('current-context: work', 'current-context: staging'));
    const two = await put('two', work.replace('current-context: work', 'current-context: 1234'));
    expect((await resolve({}, { KUBECONFIG: one })).contextName).toBe('staging');
    expect((await resolve({ kubeconfig: two }, { KUBECONFIG: one })).contextName).toBe('1234');
  });

  test('an empty KUBECONFIG counts as none', async () => {
    await put('home/.kube/config', work);
    expect((await resolve({}, { KUBECONFIG: '' })).contextName).toBe('work');
  });
});

describe('several files', () => {
  test('the first that sets a thing wins, missing ones are passed over', async () => {
    const first = await put(
      'first',
      `contexts: [{name: staging, context: {cluster: lab, user: me, namespace: mine}}]
clusters: [{name: lab, cluster: {server: 'https://other-lab'}}]`,
    );
    const second = await put('second', work);
    const list = ['', join(directory, 'missing'), first, second].join(delimiter);
    const resolved = await resolve({ context: 'staging' }, { KUBECONFIG: list });
    expect(resolved).toMatchObject({
      namespace: 'mine',
      contexts: ['1234', 'staging', 'work'],
      access: { server: 'https://other-lab' },
    });
    expect((await resolve({}, { KUBECONFIG: list })).contextName).toBe('work');
  });

  test('every broken one is listed', async () => {
    const one = await put('one', 'contexts: [');
    const two = await put('two', 'contexts: 7');
    const error = await refusal(resolve({}, { KUBECONFIG: [one, two].join(delimiter) }));
    expect(error.exitCode).toBe(2);
    expect(error.problems.map(({ where }) => where)).toEqual([one, two]);
  });
});

describe('refuses', () => {
  test('a context that is not there, with the nearest name and the list', async () => {
    await put('home/.kube/config', work);
    const error = await refusal(resolve({ context: 'stagin' }));
    expect(error.exitCode).toBe(2);
    expect(error.problems).toEqual([
      {
        message: 'The kubeconfig has no context "stagin".',
        why: 'It has: 1234, staging, work.',
        next: 'Did you mean --context staging?',
        where: '--context',
      },
    ]);
  });

  test('a kubeconfig without a current context', async () => {
    await put('home/.kube/config', work.replace('current-context: work', 'current-context: ""'));
    const error = await refusal(resolve());
    expect(error.exitCode).toBe(2);
    expect(error.problems[0]).toMatchObject({
      message: 'The kubeconfig has no current context.',
      why: 'It has: 1234, staging, work.',
    });
  });

  test('an empty file, which has no context', async () => {
    await put('home/.kube/config', '');
    expect((await refusal(resolve())).problems[0]?.message).toContain('has no contexts');
  });

  test.each([
    ['cluster', work.replace('name: office,', 'name: elsewhere,'), 'names the cluster "office"'],
    [
      'user',
      work.replace('name: me, user: {token', 'name: you, user: {token'),
      'names the user "me"',
    ],
  ])(
    'a context whose %s is missing: kubectl would turn to localhost',
    async (_, content, words) => {
      await put('home/.kube/config', content);
      const error = await refusal(resolve());
      expect(error.exitCode).toBe(2);
      expect(error.message).toContain(words);
    },
  );

  test('no kubeconfig at all, and says where it looked', async () => {
    const error = await refusal(resolve());
    expect(error.exitCode).toBe(3);
    expect(error.problems[0]?.why).toContain(join(home, '.kube', 'config'));
  });

  test('a file that was named and does not exist', async () => {
    const error = await refusal(resolve({ kubeconfig: join(directory, 'nothing') }));
    expect(error.exitCode).toBe(2);
    expect(error.problems[0]?.where).toBe('--kubeconfig');
  });

  test.each([
    ['YAML that is broken', 'users: [{name: me, user: {token: very-secret}', 'line 1'],
    ['another shape', 'users: very-secret', 'users is not'],
    ['a text', 'very-secret', 'the file is not'],
    [
      'the same user twice',
      'users: [{name: me, user: {token: very-secret}}, {name: me, user: {token: very-secret}}]',
      'the user me twice',
    ],
  ])('%s, without quoting it', async (_, content, why) => {
    const path = await put('broken', content);
    const error = await refusal(resolve({ kubeconfig: path }));
    expect(error.exitCode).toBe(2);
    expect(error.problems[0]?.why).toContain(why);
    expect(JSON.stringify(error.problems)).not.toContain('very-secret');
  });

  test('a directory', async () => {
    const error = await refusal(resolve({ kubeconfig: directory }));
    expect(error.problems[0]).toMatchObject({ why: 'it is a directory' });
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    const path = await put('closed', work);
    await chmod(path, 0);
    expect((await refusal(resolve({ kubeconfig: path }))).problems[0]?.why).toBe(
      'permission denied',
    );
  });

  test('a group without a user, together with what else is wrong', async () => {
    const path = await put('broken', 'contexts: [');
    const error = await refusal(resolve({ kubeconfig: path, impersonateGroups: ['admins'] }));
    expect(error.problems.map(({ where }) => where)).toEqual(['--as-group', path]);
  });
});

describe('reads what kubectl writes', () => {
  test('null for empty lists', async () => {
    const path = await put(
      'null',
      'contexts: null\nclusters: null\nusers: null\ncurrent-context: ""',
    );
    expect((await refusal(resolve({ kubeconfig: path }))).message).toContain('no contexts');
  });

  test('JSON', async () => {
    const path = await put(
      'json',
      JSON.stringify({
        'current-context': 'a',
        contexts: [{ name: 'a', context: { cluster: 'c' } }],
        clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
      }),
    );
    expect((await resolve({ kubeconfig: path })).access.server).toBe('https://c');
  });
});

describe('in a pod', () => {
  const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
  const mount = async () => {
    await mkdir(join(directory, 'service-account'));
    await put('service-account/token', 'secret');
    await put('service-account/namespace', 'ci\n');
  };

  test('uses its service account', async () => {
    await mount();
    expect(await resolve({}, env)).toMatchObject({
      access: { kubeconfig: undefined, context: undefined, server: 'https://10.0.0.1:443' },
      contextName: 'in-cluster',
      namespace: 'ci',
      contexts: [],
    });
  });

  test('a kubeconfig wins', async () => {
    await mount();
    await put('home/.kube/config', work);
    expect((await resolve({}, env)).contextName).toBe('work');
  });

  test('without a token there is no access', async () => {
    expect((await refusal(resolve({}, env))).exitCode).toBe(3);
  });
});
