import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type ConnectionDependencies, openApi } from '../../../src/cluster/connection.ts';
import { createExec } from '../../../src/cluster/exec.ts';
import type { Api, ClusterAccess } from '../../../src/cluster/types.ts';
import { eventually } from '../../support/cluster.ts';
import { findProcesses } from '../../support/processes.ts';
import { writeFakeKubectl, writeFakeProxy } from './fake-kubectl.ts';

const anything = z.looseObject({});
const access: ClusterAccess = {
  kubeconfig: '/nowhere',
  context: 'work',
  server: 'https://office:6443',
  impersonateUser: undefined,
  impersonateGroups: [],
  requestTimeoutMilliseconds: 5_000,
};

describe.skipIf(process.platform === 'win32')('the connection', () => {
  let directory: string;
  let temporaryDirectory: string;
  const open: Api[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'connection-'));
    temporaryDirectory = join(directory, 't');
    await mkdir(temporaryDirectory);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((api) => api.close()));
    await rm(directory, { recursive: true });
  });

  const connect = async (
    kubectl: string,
    more: Partial<ClusterAccess & ConnectionDependencies> = {},
  ): Promise<Api> => {
    const api = await openApi(
      { ...access, ...more },
      { kubectl, exec: createExec(), env: { PATH: process.env.PATH }, temporaryDirectory, ...more },
    );
    open.push(api);
    return api;
  };

  test('has its socket where nobody else can go, and leaves nothing', async () => {
    const kubectl = await writeFakeProxy(directory, 'answer({ socket })');
    const api = await connect(kubectl);
    const answer = await api.get('/version', z.object({ socket: z.string() }));
    if (!answer.ok) throw new Error(answer.failure.message);
    expect((await stat(dirname(answer.value.socket))).mode & 0o777).toBe(0o700);
    await api.close();
    await api.close();
    expect(await readdir(temporaryDirectory)).toEqual([]);
    await eventually(async () => findProcesses(kubectl).length === 0 || undefined);
    expect(await api.get('/version', anything)).toMatchObject({ failure: { kind: 'cancelled' } });
  });

  test('turns kubectl to the context and the identity, and sends it Host: localhost', async () => {
    const body = 'answer({ args: process.argv.slice(2), host: request.headers.host })';
    const api = await connect(await writeFakeProxy(directory, body), {
      impersonateUser: 'jane',
      impersonateGroups: ['ops', 'dev'],
    });
    const answer = await api.get(
      '/version',
      z.object({ args: z.array(z.string()), host: z.string() }),
    );
    expect(answer).toMatchObject({
      value: {
        args: [
          'proxy',
          expect.stringMatching(/^--unix-socket=/),
          '--context=work',
          '--as=jane',
          '--as-group=ops',
          '--as-group=dev',
        ],
        host: 'localhost',
      },
    });
  });

  test('an answer that breaks off is none', async () => {
    const body =
      'response.writeHead(200, { "content-length": 100 }); response.write("{}"); response.destroy()';
    const api = await connect(await writeFakeProxy(directory, body));
    expect(await api.get('/version', anything)).toMatchObject({
      ok: false,
      failure: { kind: 'unreachable' },
    });
  });

  test("keeps the path of the server's address, which kubectl's proxy leaves out", async () => {
    const kubectl = await writeFakeProxy(directory, 'answer({ url: request.url })');
    const api = await connect(kubectl, { server: 'https://rancher/k8s/clusters/c-1/' });
    expect(await api.get('/api/v1/pods?limit=1', anything)).toMatchObject({
      value: { url: '/k8s/clusters/c-1/api/v1/pods?limit=1' },
    });
  });

  test.each([
    ['puts', '$server$3'],
    ['leaves out', '$3'],
  ])('so it does where each request has a kubectl that %s it', async (_, url) => {
    const kubectl = await writeFakeKubectl(
      directory,
      `server=/k8s/clusters/c-1
      case ${url} in
        /k8s/clusters/c-1/k8s*) echo "Error from server (NotFound): nothing there" >&2; exit 1 ;;
        /k8s/clusters/c-1/*) echo '{"url": "'${url}'"}' ;;
        *) echo "Error from server (NotFound): nothing there" >&2; exit 1 ;;
      esac`,
    );
    const api = await connect(kubectl, {
      server: 'https://rancher/k8s/clusters/c-1',
      platform: 'win32',
    });
    expect(await api.get('/api/v1/pods', anything)).toMatchObject({
      value: { url: '/k8s/clusters/c-1/api/v1/pods' },
    });
  });

  test('where kubectl ends at once, its words are the failure of every request', async () => {
    const kubectl = await writeFakeKubectl(directory, 'echo "error: bad config" >&2; exit 1');
    const shown: string[] = [];
    const api = await connect(kubectl, { onStderrLine: (line: string) => shown.push(line) });
    const failure = { ok: false, failure: { kind: 'other', message: 'bad config' } };
    expect(await api.get('/version', anything)).toEqual(failure);
    expect(await api.post('/x', {}, anything)).toEqual(failure);
    expect(shown).toEqual([]);
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  test('a request that takes too long ends, and the next one works', async () => {
    const kubectl = await writeFakeProxy(directory, 'if (count > 0) answer({})');
    const api = await connect(kubectl, { requestTimeoutMilliseconds: 400 });
    expect(await api.get('/a', anything)).toEqual({
      ok: false,
      failure: { kind: 'timeout', message: expect.stringMatching(/^no answer within 0\.4? s$/) },
    });
    expect(await api.get('/b', anything)).toMatchObject({ ok: true });
  });

  test('a login that a plugin asks for may take longer than a request', async () => {
    const body = `if (count === 0) {
      console.error('Open https://example.com and enter ABC');
      setTimeout(() => answer({}), 900);
    }`;
    const shown: string[] = [];
    const api = await connect(await writeFakeProxy(directory, body), {
      requestTimeoutMilliseconds: 300,
      onStderrLine: (line: string) => shown.push(line),
    });
    expect(await api.get('/a', anything)).toMatchObject({ ok: true });
    expect(shown).toEqual(['Open https://example.com and enter ABC']);
    // Once somebody is logged in, the time limit holds again.
    expect(await api.get('/b', anything)).toMatchObject({ failure: { kind: 'timeout' } });
  });

  test('an abort ends a request and not the connection', async () => {
    const kubectl = await writeFakeProxy(directory, `if (request.url !== '/a') answer({})`);
    const api = await connect(kubectl);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const startedAt = Date.now();
    expect(await api.get('/a', anything, controller.signal)).toMatchObject({
      failure: { kind: 'cancelled' },
    });
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect(await api.get('/b', anything, AbortSignal.abort())).toMatchObject({
      failure: { kind: 'cancelled' },
    });
    expect(await api.get('/c', anything)).toMatchObject({ ok: true });
  });

  describe('when kubectl dies', () => {
    const dies = 'if (request.url === "/die") process.exit(1); else answer({ pid: process.pid })';
    const pid = z.object({ pid: z.number() });

    test('a read goes through a new one, and no process or directory piles up', async () => {
      const kubectl = await writeFakeProxy(directory, dies);
      const api = await connect(kubectl);
      const before = await api.get('/pid', pid);
      if (!before.ok) throw new Error(before.failure.message);
      process.kill(before.value.pid, 'SIGKILL');
      const after = await Promise.all([api.get('/pid', pid), api.get('/pid', pid)]);
      expect(after).toMatchObject([{ ok: true }, { ok: true }]);
      expect(await readdir(temporaryDirectory)).toHaveLength(1);
      await api.close();
      await eventually(async () => findProcesses(kubectl).length === 0 || undefined);
    });

    test('a write is not sent twice', async () => {
      const api = await connect(await writeFakeProxy(directory, dies));
      expect(await api.post('/die', {}, anything)).toMatchObject({
        failure: { kind: 'unreachable' },
      });
      expect(await api.get('/pid', pid)).toMatchObject({ ok: true });
    });

    test('again and again, it is given up', async () => {
      const api = await connect(await writeFakeProxy(directory, dies));
      expect(await api.get('/die', anything)).toMatchObject({ failure: { kind: 'unreachable' } });
    });
  });

  test('SIGTERM to the shell around it ends kubectl too', async () => {
    const kubectl = await writeFakeProxy(directory, 'answer({ shell: process.ppid })');
    const api = await connect(kubectl);
    const answer = await api.get('/', z.object({ shell: z.number() }));
    if (!answer.ok) throw new Error(answer.failure.message);
    process.kill(answer.value.shell, 'SIGTERM');
    await eventually(async () => findProcesses(kubectl).length === 0 || undefined);
    await eventually(async () => (await readdir(temporaryDirectory)).length === 0 || undefined);
  });

  test('a plugin that still waits for a login ends with it', async () => {
    const kubectl = await writeFakeKubectl(
      directory,
      `echo Starting; ${process.execPath} -e 'setTimeout(() => {}, 60_000)' plugin-of-${process.pid} & wait`,
    );
    const plugin = `plugin-of-${process.pid}`;
    const api = await connect(kubectl);
    await eventually(
      async () => findProcesses(`60_000)' ${plugin}`)[0] ?? findProcesses(plugin)[0],
    );
    await api.close();
    await eventually(async () => findProcesses(plugin).length === 0 || undefined);
  });

  test.each([
    ['the path is too long for a socket', 'linux' as const, 'x'.repeat(100)],
    ['the platform has none that kubectl takes', 'win32' as const, ''],
  ])('where %s, there is a kubectl for each request', async (_, platform, folder) => {
    const log = join(directory, 'log');
    const kubectl = await writeFakeKubectl(directory, `echo "$@" >> ${log}; echo '{"ok": true}'`);
    const parent = join(temporaryDirectory, folder);
    await mkdir(parent, { recursive: true });
    const api = await connect(kubectl, { platform, temporaryDirectory: parent });
    expect(await api.get('/version', anything)).toMatchObject({ value: { ok: true } });
    expect(await readFile(log, 'utf8')).toBe('get --raw /version --context=work\n');
    expect(await readdir(parent)).toEqual([]);
  });
});
