import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { helms, type KubernetesObject, type PodSpec, render } from '../support/render.ts';

const name = 'xerv-test-connection';
const specOf = (pod: KubernetesObject) => pod.spec as unknown as PodSpec;
const variablesOf = (pod: KubernetesObject) =>
  Object.fromEntries((specOf(pod).containers[0]?.env ?? []).map((each) => [each.name, each.value]));

/** A server that answers each path as told; other paths with 404. @returns its address */
async function serve(answers: Readonly<Record<string, string>>, seen: string[] = []) {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs what the pod runs, with a quick curl. */
async function runScript(env: Readonly<Record<string, string>>) {
  const pod = (await render()).get('Pod', name);
  const [shell = '', ...args] = specOf(pod).containers[0]?.command ?? [];
  const quick = args.map((arg) => arg.replace('--retry 10', '--retry 0'));
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(shell, quick, { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

describe('what the pod of `helm test` finds out', () => {
  test('XERV is healthy, and the proxy is told to go', async () => {
    const seen: string[] = [];
    const address = await serve(
      { '/api/v1/health': '{"status":"healthy","service":"xerv"}', '/stop': '' },
      seen,
    );
    const { code, stdout } = await runScript({
      HEALTH_URL: `${address}/api/v1/health`,
      PROXY_STOP_URL: `${address}/stop`,
    });
    expect(stdout).toContain('"status":"healthy"');
    expect(code).toBe(0);
    expect(seen).toEqual(['GET /api/v1/health', 'POST /stop']);
  });

  test('something else answers, or an error, or nobody', async () => {
    const address = await serve({ '/api/v1/health': '<html>not found</html>' });
    expect(await runScript({ HEALTH_URL: `${address}/api/v1/health` })).toMatchObject({ code: 1 });
    for (const url of [`${address}/other`, 'http://127.0.0.1:9/']) {
      const { code, stderr } = await runScript({ HEALTH_URL: url });
      expect(code).toBe(1);
      expect(stderr).toContain(`XERV does not answer at ${url}`);
    }
  });
});

describe.each(helms)('the pod of `helm test`, with %s', (helm) => {
  test.concurrent('asks through the Service, at the port of the values', async () => {
    const rendering = await render({ server: { apiPort: 9000 } }, { helm });
    const pod = rendering.get('Pod', name);
    expect(variablesOf(pod)).toEqual({
      HEALTH_URL: 'http://xerv.team.svc:9000/api/v1/health',
    });
    const { ports } = rendering.get('Service', 'xerv').spec as { ports: { port: number }[] };
    expect(ports[0]?.port).toBe(9000);
    expect(pod.metadata.annotations).toEqual({
      'helm.sh/hook': 'test',
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      'helm.sh/hook-output-log-policy': 'hook-succeeded,hook-failed',
    });
  });

  test.concurrent('gets no requests that are for XERV', async () => {
    const rendering = await render({}, { helm });
    const { labels = {} } = rendering.get('Pod', name).metadata;
    const { selector } = rendering.get('Service', 'xerv').spec as {
      selector: Record<string, string>;
    };
    expect(Object.entries(selector).every(([key, value]) => labels[key] === value)).toBe(false);
  });

  test.concurrent.each([
    ['istio', 'http://localhost:15020/quitquitquit', 'sidecar.istio.io/inject'],
    ['linkerd', 'http://localhost:4191/shutdown', undefined],
  ] as const)('is a part of %s, and ends its proxy', async (provider, stop, label) => {
    const rendering = await render({ serviceMesh: { enabled: true, provider } }, { helm });
    const pod = rendering.get('Pod', name);
    expect(variablesOf(pod)).toMatchObject({ PROXY_STOP_URL: stop });
    if (label) expect(pod.metadata.labels).toMatchObject({ [label]: 'true' });
    else {
      expect(pod.metadata.annotations).toMatchObject({
        'linkerd.io/inject': 'enabled',
        'config.linkerd.io/proxy-admin-shutdown': 'enabled',
      });
    }
    expect(Object.keys(pod.metadata.annotations ?? {}).join()).not.toContain('prometheus.io');
  });

  test.concurrent('uses the image, the security and the registry of the values', async () => {
    const rendering = await render(
      {
        image: { repository: 'registry.example/xerv', tag: 1 },
        imagePullSecrets: [{ name: 'registry' }],
        nodeSelector: { pool: 1 },
      },
      { helm },
    );
    const spec = specOf(rendering.get('Pod', name));
    expect(spec.containers[0]?.image).toBe('registry.example/xerv:1');
    expect(spec.containers[0]?.securityContext).toEqual(rendering.container.securityContext);
    expect(spec).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { pool: '1' },
      securityContext: rendering.podTemplate.spec.securityContext,
    });
    const other = await render({ tests: { image: 'curl:8' } }, { helm });
    expect(specOf(other.get('Pod', name)).containers[0]?.image).toBe('curl:8');
  });

  test.concurrent('is not made where it is not wanted', async () => {
    expect((await render({ tests: { enabled: false } }, { helm })).find('Pod')).toBeUndefined();
  });
});
