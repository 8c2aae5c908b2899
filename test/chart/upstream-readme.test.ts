import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { getNode, type Tree } from '../../src/values/tree.ts';
import { chart, helms, render } from '../support/render.ts';
import {
  readInstallCommands,
  readParameterTables,
  readUpstreamReadme,
  readValuesBlocks,
  readValuesFile,
  readYamlBlocks,
} from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();
const defaults = parse(await readFile(join(chart, 'values.yaml'), 'utf8')) as Tree;

describe('the documented defaults', () => {
  const tables = readParameterTables(readme);

  test('are in twelve tables', () => {
    expect(tables.map(({ heading, rows }) => `${heading}: ${rows.length}`)).toEqual([
      ...['Common Parameters: 4', 'Dispatch Backend: 5', 'Server: 2'],
      ...['Concurrency & Performance: 3', 'Storage: 3', 'Resources: 4', 'Metrics: 3', 'Ingress: 4'],
      ...['Service Mesh: 9', 'Network Policy: 3', 'KEDA: 9', 'Vertical Pod Autoscaler: 3'],
    ]);
  });

  test.each(tables)('$heading', ({ rows }) => {
    for (const [parameter, fallback] of rows) {
      const ours = getNode(defaults, parameter.replace(/\.\*$/, '').split('.'));
      if (fallback === undefined)
        expect([parameter, ours]).toEqual([parameter, expect.any(Object)]);
      else expect([parameter, ours]).toEqual([parameter, parse(fallback)]);
    }
  });
});

test('every YAML block is an example of values, or has a companion', () => {
  const values = readValuesBlocks(readme);
  expect(values).toHaveLength(13);
  const others = readYamlBlocks(readme).filter(
    ({ text }) => !values.some((example) => example.text === text),
  );
  expect(others.map(({ name }) => name)).toEqual([
    'Deploy XERV on each cluster with federation CRDs',
    'promtail-config.yaml',
    'filebeat.yml',
  ]);
});

describe.each(helms)('with %s', (helm) => {
  const commands = readInstallCommands(readme);

  test('the README has the four installs', () => {
    expect(commands.map((args) => args.filter((arg) => arg !== '--set'))).toEqual([
      [],
      ['dispatch.backend=raft', 'replicaCount=3'],
      ['dispatch.backend=redis', 'dispatch.redis.url=redis://redis:6379'],
      ['dispatch.backend=nats', 'dispatch.nats.url=nats://nats:4222'],
    ]);
  });

  test.concurrent.each([
    [0, 'memory', 'Deployment', 1],
    [1, 'raft', 'StatefulSet', 3],
    [2, 'redis', 'Deployment', 1],
    [3, 'nats', 'Deployment', 1],
  ] as const)('install command %i makes backend %s', async (index, backend, kind, replicas) => {
    const rendering = await render({}, { helm, args: commands[index] ?? [] });
    expect(rendering.workload).toMatchObject({ kind, spec: { replicas } });
    expect(rendering.variables.XERV_DISPATCH_BACKEND).toBe(backend);
  });

  test.concurrent('values-production.yaml', async () => {
    const rendering = await render(readValuesFile(readme, 'values-production.yaml'), { helm });
    expect(rendering.get('StatefulSet').spec).toMatchObject({
      replicas: 5,
      volumeClaimTemplates: [
        {
          spec: { storageClassName: 'fast-ssd', resources: { requests: { storage: '50Gi' } } },
        },
      ],
    });
    expect(rendering.get('PodDisruptionBudget').spec).toMatchObject({ minAvailable: 3 });
    expect(rendering.container.resources).toEqual({
      requests: { cpu: '500m', memory: '1Gi' },
      limits: { cpu: '2000m', memory: '4Gi' },
    });
    expect(rendering.podTemplate.spec.affinity).toEqual({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'xerv' } },
            topologyKey: 'kubernetes.io/hostname',
          },
        ],
      },
    });
  });

  test.concurrent('values-redis.yaml', async () => {
    const rendering = await render(readValuesFile(readme, 'values-redis.yaml'), { helm });
    expect(rendering.get('Deployment').spec).toMatchObject({ replicas: 10 });
    expect(rendering.variables).toMatchObject({
      XERV_DISPATCH_REDIS_URL: 'redis://redis-cluster:6379',
      XERV_DISPATCH_REDIS_POOL_SIZE: '20',
      XERV_DISPATCH_REDIS_USE_STREAMS: 'true',
    });
  });
});
