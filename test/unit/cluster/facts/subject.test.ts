import { describe, expect, test } from 'vitest';
import { referencesOf } from '../../../../src/cluster/facts/references.ts';
import { subjectOf } from '../../../../src/cluster/facts/subject.ts';

const target = { namespace: 'shop', release: 'xerv' };

const object = (kind: string, name: string, rest: object = {}) => ({
  apiVersion: kind === 'StatefulSet' || kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name },
  ...rest,
});

const workload = (kind: 'StatefulSet' | 'Deployment', name: string, spec: object, pod: object) =>
  object(kind, name, {
    spec: {
      selector: { matchLabels: { app: name } },
      ...spec,
      template: { spec: { containers: [{ name: 'xerv' }], ...pod } },
    },
  });

describe('what is worth asking', () => {
  test('of nothing rendered is the release itself', () => {
    expect(subjectOf({ target, objects: [], effective: {} })).toMatchObject({
      ...target,
      fullname: 'xerv',
      kinds: [],
      secrets: [],
      claims: [],
      replicas: 1,
      selector: {},
      pod: { requests: { cpu: 0, memory: 0 } },
    });
  });

  test('of a StatefulSet: replicas, claims, requests and where it may run', () => {
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: null } };
    const subject = subjectOf({
      target,
      effective: {},
      objects: [
        workload(
          'StatefulSet',
          'shop-xerv',
          { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
          {
            containers: [{ resources: { requests: { cpu: '250m', memory: '1Gi' } } }],
            nodeSelector: { disk: 'ssd' },
            tolerations: [{ key: 'dedicated', operator: 'Exists' }],
            affinity,
            volumes: [{ persistentVolumeClaim: { claimName: 'shared' } }],
          },
        ),
        object('Service', 'shop-xerv'),
        object('Service', 'shop-xerv-headless'),
      ],
    });
    expect(subject).toMatchObject({
      fullname: 'shop-xerv',
      replicas: 2,
      selector: { app: 'shop-xerv' },
      claims: ['data-shop-xerv-0', 'data-shop-xerv-1', 'shared'],
      kinds: [
        { apiVersion: 'apps/v1', kind: 'StatefulSet' },
        { apiVersion: 'v1', kind: 'Service' },
      ],
      pod: {
        requests: { cpu: 0.25, memory: 1024 ** 3 },
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      },
    });
  });

  test('an autoscaler says how many there are at least, and a canary is not the release', () => {
    const subject = subjectOf({
      target,
      effective: {},
      objects: [
        workload('Deployment', 'xerv-canary', { replicas: 1 }, {}),
        workload('Deployment', 'xerv', {}, {}),
        object('HorizontalPodAutoscaler', 'xerv', { spec: { minReplicas: 4 } }),
      ],
    });
    expect(subject).toMatchObject({ fullname: 'xerv', replicas: 4 });
  });

  test('Secrets that are rendered or about to be made need not be there', () => {
    const env = ['own', 'planned', 'mine'].map((name) => ({
      name,
      valueFrom: { secretKeyRef: { name, key: 'url' } },
    }));
    const subject = subjectOf({
      target,
      effective: {},
      plannedSecrets: ['planned'],
      objects: [
        workload('Deployment', 'xerv', {}, { containers: [{ name: 'xerv', env }] }),
        object('Secret', 'own'),
      ],
    });
    expect(subject.secrets).toEqual(['mine']);
  });

  test('Services are those of addresses that are in use', () => {
    const services = (effective: Parameters<typeof subjectOf>[0]['effective']) =>
      subjectOf({ target, objects: [], effective }).services.map(
        ({ namespace, name }) => `${namespace}/${name}`,
      );
    const redis = { url: 'redis://:password@redis.data:6379/0' };
    const nats = { url: 'nats://nats-0:4222,nats://nats-1.nats.queue.svc:4222' };
    expect(services({ dispatch: { backend: 'redis', redis, nats } })).toEqual(['data/redis']);
    expect(services({ dispatch: { backend: 'nats', redis, nats } })).toEqual([
      'shop/nats-0',
      'queue/nats',
    ]);
    expect(services({ dispatch: { backend: 'memory', redis, nats } })).toEqual([]);
    const prometheus = { enabled: true, serverAddress: 'http://prometheus.monitoring.svc:9090' };
    const triggers = { pendingTraces: prometheus, activeTraces: { ...prometheus, enabled: false } };
    expect(services({ keda: { enabled: true, triggers } })).toEqual(['monitoring/prometheus']);
    expect(services({ keda: { enabled: false, triggers } })).toEqual([]);
    const tracing = { enabled: true, endpoint: 'http://otel.example.com:4317' };
    expect(services({ monitoring: { tracing } })).toEqual([]);
  });
});

describe('references', () => {
  test.each([
    ['an environment variable', { env: [{ valueFrom: { secretKeyRef: { name: 'a' } } }] }],
    ['a whole environment', { envFrom: [{ secretRef: { name: 'a' } }] }],
    ['a volume', { volumes: [{ secret: { secretName: 'a' } }] }],
    ['a projected volume', { volumes: [{ projected: { sources: [{ secret: { name: 'a' } }] } }] }],
    ['a pull secret', { imagePullSecrets: [{ name: 'a' }] }],
    ['a certificate of an Ingress', { spec: { tls: [{ hosts: ['x'], secretName: 'a' }] } }],
    ['a login of KEDA', { spec: { secretTargetRef: [{ parameter: 'p', name: 'a', key: 'k' }] } }],
    ['a cluster of a federation', { spec: { clusters: [{ credentialsSecret: 'a' }] } }],
  ])('a Secret in %s', (_, object) => {
    expect(referencesOf([object])).toEqual({ secrets: ['a'], configMaps: [] });
  });

  test('ConfigMaps, and nothing that may be missing', () => {
    const optional = { configMapRef: { name: 'b', optional: true } };
    expect(
      referencesOf([
        { envFrom: [{ configMapRef: { name: 'a' } }, optional] },
        {
          volumes: [{ configMap: { name: 'c' } }, { secret: { secretName: 's', optional: true } }],
        },
      ]),
    ).toEqual({ secrets: [], configMaps: ['a', 'c'] });
  });

  test('a mesh without TLS names no certificate', () => {
    expect(referencesOf([{ spec: { trafficPolicy: { tls: { mode: 'DISABLE' } } } }])).toEqual({
      secrets: [],
      configMaps: [],
    });
  });
});
