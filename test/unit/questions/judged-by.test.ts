import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import type { CheckId } from '../../../src/checks/types.ts';
import { questions } from '../../../src/questions/catalogue.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type KnownFacts, runCheck } from '../../support/check-input.ts';
import { given, richCluster } from '../../support/questions.ts';

const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } };
const keda = { ...redis, keda: { enabled: true } };
const raft = { replicaCount: 3, dispatch: { backend: 'raft' } };
const hpa = { ...redis, autoscaling: { enabled: true } };
const noRequest = { resources: { requests: { cpu: null }, limits: { cpu: null } } };
const { istio } = richCluster;
const noIstio = { ...istio, served: false, revisions: [] };
const linkerd = {
  served: true,
  controllers: [],
  clusterDomain: 'cluster.local',
  opaquePorts: '',
  defaultInboundPolicy: 'all-unauthenticated',
  proxyRequests: {},
  cni: false,
  injectsNamespace: true,
};
const namespace = (labels: Record<string, string> = {}) => ({
  exists: true,
  terminating: false,
  conditions: [],
  labels,
});
const restricted = namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
const noMetrics = { apiServices: [], apis: ['v1'] };
const otherServer = {
  keda: { served: true, controllers: [] },
  apiServices: [
    {
      name: 'v1beta1.external.metrics.k8s.io',
      group: 'external.metrics.k8s.io',
      available: true,
      reason: '',
      service: 'datadog/cluster-agent',
    },
  ],
  apis: ['external.metrics.k8s.io/v1beta1'],
};
const vpaPart = {
  namespace: 'kube-system',
  name: 'vpa',
  image: '',
  version: '1.4.0',
  wanted: 1,
  ready: 1,
};
const vpa = { served: true, recommender: vpaPart, updater: vpaPart, admission: vpaPart };
const server = { gitVersion: 'v1.36.0', minor: 36, distribution: '' };
const claims = [
  {
    name: 'data-xerv-0',
    phase: 'Bound',
    storageClass: 'frozen',
    size: '10Gi',
    accessModes: ['ReadWriteOnce'],
    zones: [],
    hosts: [],
  },
];
const keptClaims = claims.map((claim) => ({ ...claim, name: 'xerv-data' }));
const kept = { persistence: { enabled: true, storageClass: 'frozen' } };
const { storageClasses } = richCluster;

interface Situation {
  readonly base?: Tree;
  readonly facts?: KnownFacts;
  readonly live?: Tree;
}

/** For each check that a question is judged by: an answer that it lets nobody choose. */
const table: readonly (readonly [string, CheckId, answer: string, Situation])[] = [
  ['backend', 'XV-203', 'memory', { base: { ...redis, replicaCount: 3 } }],
  ['backend', 'XV-204', 'memory', { base: keda }],
  ['backend', 'XV-401', 'raft', { base: hpa }],
  ['replicas', 'XV-203', '3', {}],
  ['replicas', 'XV-205', '2', { base: raft }],
  ['storage-size', 'XV-307', '20Gi', { base: raft, live: raft, facts: { claims, storageClasses } }],
  [
    'persistence-size',
    'XV-307',
    '20Gi',
    { base: kept, live: kept, facts: { claims: keptClaims, storageClasses } },
  ],
  ['mesh', 'XV-501', 'istio', { facts: { istio: noIstio, apis: [] } }],
  [
    'mesh',
    'XV-502',
    'istio',
    { facts: { istio, namespace: namespace({ 'istio-injection': 'disabled' }) } },
  ],
  ['mesh', 'XV-520', 'linkerd', { facts: { linkerd: { ...linkerd, served: false } } }],
  ['mesh', 'XV-540', 'istio', { facts: { linkerd } }],
  ['mesh', 'XV-541', 'istio', { facts: { istio, namespace: restricted } }],
  ['istio-mode', 'XV-503', 'ambient', { base: mesh(), facts: { istio, namespace: namespace() } }],
  [
    'istio-revision',
    'XV-502',
    '1-20-0',
    { base: mesh(), facts: { istio, namespace: namespace(), webhooks: [] } },
  ],
  ['autoscaling', 'XV-203', 'hpa', {}],
  ['autoscaling', 'XV-401', 'keda', { base: raft }],
  ['autoscaling', 'XV-404', 'hpa', { base: { ...redis, ...noRequest } }],
  [
    'autoscaling',
    'XV-405',
    'keda',
    { base: redis, facts: { keda: { served: false, controllers: [] } } },
  ],
  [
    'autoscaling',
    'XV-406',
    'keda',
    { base: redis, facts: { keda: { served: true, controllers: [] }, ...noMetrics } },
  ],
  ['autoscaling', 'XV-409', 'keda', { base: redis, facts: otherServer }],
  ['autoscaling', 'XV-410', 'hpa', { base: redis, facts: noMetrics }],
  ['keda-triggers', 'XV-404', 'cpu', { base: { ...keda, ...noRequest } }],
  ['keda-triggers', 'XV-409', 'pending', { base: { keda: { enabled: true } }, facts: otherServer }],
  ['keda-triggers', 'XV-410', 'cpu', { base: keda, facts: noMetrics }],
  ['keda-triggers', 'XV-420', 'cpu,memory', { base: { ...keda, vpa: { enabled: true } } }],
  [
    'keda-triggers',
    'XV-605',
    'pending',
    { base: { ...keda, metrics: { enabled: false } }, facts: { apis: [] } },
  ],
  ['min-replicas', 'XV-204', '0', { base: { keda: { enabled: true, minReplicaCount: 1 } } }],
  ['min-replicas', 'XV-403', '30', { base: hpa }],
  ['max-replicas', 'XV-203', '5', { base: { autoscaling: { enabled: true, maxReplicas: 1 } } }],
  [
    'max-replicas',
    'XV-403',
    '1',
    { base: { ...hpa, autoscaling: { enabled: true, minReplicas: 2 } } },
  ],
  [
    'max-replicas',
    'XV-411',
    '1',
    { base: { ...redis, keda: { enabled: true, fallback: { replicas: 2 } } } },
  ],
  ['target-cpu', 'XV-404', '80', { base: { ...hpa, ...noRequest } }],
  ['target-cpu', 'XV-410', '80', { base: hpa, facts: noMetrics }],
  ['vpa', 'XV-410', 'off', { facts: noMetrics }],
  ['vpa', 'XV-415', 'initial', { facts: { vpa: { ...vpa, served: false } } }],
  [
    'vpa',
    'XV-416',
    'recreate',
    { facts: { vpa: { ...vpa, recommender: null, updater: null, admission: null }, server } },
  ],
  [
    'vpa',
    'XV-420',
    'initial',
    {
      base: {
        ...redis,
        keda: { enabled: true, triggers: { cpu: { enabled: true }, memory: { enabled: true } } },
      },
    },
  ],
  [
    'target-cpu',
    'XV-420',
    '80',
    {
      base: {
        ...hpa,
        vpa: {
          enabled: true,
          containerPolicies: [{ containerName: '*', controlledResources: ['cpu'] }],
        },
      },
    },
  ],
  ['vpa', 'XV-417', 'in-place', { facts: { vpa, server } }],
  ['metrics', 'XV-604', 'false', { base: { monitoring: { alerts: { enabled: true } } } }],
  [
    'metrics',
    'XV-605',
    'false',
    {
      base: { ...redis, keda: { enabled: true, triggers: { pendingTraces: { enabled: true } } } },
      facts: { apis: [] },
    },
  ],
  ['service-monitor', 'XV-601', 'true', { facts: { apis: [] } }],
  ['alerts', 'XV-601', 'true', { facts: { apis: [] } }],
  [
    'network-policy',
    'XV-710',
    'true',
    {
      base: mesh(),
      facts: {
        istio: {
          ...istio,
          revisions: istio.revisions.map((one) => ({
            ...one,
            controller: { ...one.controller, namespace: 'mesh' },
          })),
        },
      },
    },
  ],
  [
    'expose',
    'XV-704',
    'gateway',
    { facts: { gateways: { served: false, classes: [], gateways: [] } } },
  ],
];

function mesh(): Tree {
  return { serviceMesh: { enabled: true, provider: 'istio' } };
}

describe('checks that questions are judged by', () => {
  it('are there', () => {
    const ids: readonly string[] = catalogue.map(({ id }) => id);
    for (const { judgedBy = [] } of questions)
      expect(ids).toEqual(expect.arrayContaining([...judgedBy]));
  });

  it.each(table)(
    'of %s: %s fails for %s without rendered objects',
    (id, check, answer, situation) => {
      const { base = {}, facts = {}, live } = situation;
      const values = given(base, [[id, answer]]);
      const verdicts = runCheck(check, { values, facts, ...(live && { live }) });
      expect(verdicts.map(({ status }) => status)).toContain('fail');
    },
  );

  it('are all in the table', () => {
    const wanted = questions.flatMap(({ id, judgedBy = [] }) =>
      judgedBy.map((one) => `${id} ${one}`),
    );
    expect(table.map(([id, check]) => `${id} ${check}`).sort()).toEqual(
      [...new Set(wanted)].sort(),
    );
  });
});
