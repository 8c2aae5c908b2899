import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { describeCluster, eventually, kubectl, kubectlJson } from '../support/cluster.ts';

const companion = (name: string) =>
  fileURLToPath(new URL(`../../companions/${name}`, import.meta.url));
const text = { type: 'string' };
const whole = { type: 'integer' };
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});

/** Kind XervFederation after the source of its operator, which publishes no definition of it. */
const federation = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'xervfederations.xerv.io' },
  spec: {
    group: 'xerv.io',
    scope: 'Namespaced',
    names: { kind: 'XervFederation', plural: 'xervfederations', singular: 'xervfederation' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: object({
            spec: object(
              {
                clusters: {
                  type: 'array',
                  items: object(
                    {
                      name: text,
                      endpoint: text,
                      region: text,
                      zone: text,
                      credentialsSecret: text,
                      weight: whole,
                      enabled: { type: 'boolean' },
                      labels: { type: 'object', additionalProperties: text },
                    },
                    ['name', 'endpoint', 'region'],
                  ),
                },
                routing: object({
                  defaultStrategy: {
                    ...text,
                    enum: ['nearest', 'round-robin', 'weighted', 'random', 'affinity'],
                  },
                  rules: {
                    type: 'array',
                    items: object({
                      pipeline: text,
                      cluster: text,
                      strategy: text,
                      priority: whole,
                    }),
                  },
                  fallbackCluster: text,
                  autoFailover: { type: 'boolean' },
                }),
                healthCheck: object({
                  intervalSeconds: whole,
                  timeoutSeconds: whole,
                  failureThreshold: whole,
                  successThreshold: whole,
                }),
                security: object({ mtlsEnabled: { type: 'boolean' } }),
              },
              ['clusters'],
            ),
          }),
        },
      },
    ],
  },
};

describeCluster('the companions on the API server', (cluster) => {
  const apply = (args: readonly string[], input = '') =>
    kubectl(cluster, ['apply', '--server-side', '--validate=strict', ...args], { input });

  beforeAll(async () => {
    const names = ['observability', 'xerv'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    }));
    const made = [...names, federation].map((each) => stringify(each)).join('---\n');
    expect(await apply(['-f', '-'], made)).toMatchObject({ code: 0 });
    const definition = 'crd/xervfederations.xerv.io';
    await kubectl(cluster, ['wait', '--for=condition=Established', '--timeout=30s', definition]);
    return async () => {
      const gone = ['delete', 'namespace', 'observability', 'xerv', '--wait=false'];
      await kubectl(cluster, gone);
      await kubectl(cluster, ['delete', definition, '--wait=false']);
    };
  });

  test.each([
    ['jaeger-v2.yaml', 'jaeger'],
    ['opentelemetry-collector.yaml', 'otel-collector'],
  ])('%s is accepted, and its pods get traffic for OTLP', async (file, name) => {
    expect(await apply(['-f', companion(file)])).toMatchObject({ code: 0, stderr: '' });
    const slices = ['-n', 'observability', 'get', 'endpointslices'];
    const ports = await eventually(async () => {
      const { items } = await kubectlJson<{
        items: { endpoints?: unknown[] | null; ports: { name: string; port: number }[] }[];
      }>(cluster, [...slices, '-l', `kubernetes.io/service-name=${name}`]);
      return items[0]?.endpoints?.length ? items[0].ports : undefined;
    }, 30_000);
    expect(ports).toContainEqual(expect.objectContaining({ name: 'otlp-grpc', port: 4317 }));
  });

  test('xerv-federation.yaml is accepted; without a region it would not be', async () => {
    const file = companion('xerv-federation.yaml');
    expect(await apply(['-f', file])).toMatchObject({ code: 0, stderr: '' });
    const wrong = parse(await readFile(file, 'utf8'));
    delete wrong.spec.clusters[0].region;
    expect((await apply(['-f', '-'], stringify(wrong))).stderr).toContain('region');
  });
});
