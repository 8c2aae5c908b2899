import type { CheckId, Status } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';

/** What the checks are to say of values on a cluster that was recorded. */
export interface Situation {
  /** Name of the recording: test/fixtures/facts. */
  readonly on: string;
  readonly what: string;
  /** Others than it was recorded with: then nobody asked the API server about them. */
  readonly values?: Tree;
  readonly live?: Tree;
  readonly target?: { readonly namespace?: string; readonly context?: string };
  readonly helm?: string;
  readonly says: Readonly<Partial<Record<CheckId, readonly Status[]>>>;
}

const redis = (more: Tree = {}): Tree => ({
  dispatch: { backend: 'redis', redis: { url: 'redis://redis.cache.svc:6379' } },
  ...more,
});
const raft = (more: Tree = {}): Tree => ({
  dispatch: { backend: 'raft' },
  replicaCount: 3,
  ...more,
});
const keda = (inner: Tree, more: Tree = {}) =>
  redis({ keda: { enabled: true, minReplicaCount: 1, ...inner }, ...more });
const hpa = (inner: Tree = {}, more: Tree = {}) =>
  redis({ autoscaling: { enabled: true, ...inner }, ...more });
const vpa = (inner: Tree = {}, more: Tree = {}): Tree => ({
  vpa: { enabled: true, ...inner },
  ...more,
});
const onCpu = { cpu: { enabled: true } };
const prometheusTrigger = {
  pendingTraces: {
    enabled: true,
    serverAddress: 'http://prometheus-server.monitoring.svc.cluster.local',
  },
};
const istio = (inner: Tree = {}, more: Tree = {}): Tree => ({
  serviceMesh: {
    enabled: true,
    provider: 'istio',
    istio: { injection: { enabled: true }, ...inner },
  },
  ...more,
});
const linkerd = (inner: Tree = {}, more: Tree = {}): Tree => ({
  serviceMesh: {
    enabled: true,
    provider: 'linkerd',
    linkerd: { injection: { enabled: true }, ...inner },
  },
  ...more,
});
const strict = { peerAuthentication: { enabled: true, mtls: 'STRICT' } };
const callersSpeakTls = { destinationRule: { enabled: true } };
const profile = { serviceProfile: { enabled: true } };
const canary = (inner: Tree) => linkerd({ trafficSplit: { enabled: true, canary: inner } });
const monitored: Tree = {
  metrics: { serviceMonitor: { enabled: true } },
  monitoring: { alerts: { enabled: true } },
};
const tracing = (endpoint: string): Tree => ({
  monitoring: { tracing: { enabled: true, endpoint } },
});
const dashboards: Tree = { monitoring: { dashboards: { enabled: true } } };
const policy = (inner: Tree = {}, more: Tree = {}): Tree => ({
  networkPolicy: { enabled: true, ...inner },
  ...more,
});
const gateway = { name: 'public', namespace: 'edge' };
const route = (...parentRefs: Tree[]): Tree => ({ httpRoute: { enabled: true, parentRefs } });
const ingress = (inner: Tree = {}): Tree => ({ ingress: { enabled: true, ...inner } });
const ownImage = { image: { repository: 'registry.example/xerv' } };
const budget = (inner: Tree) => ({ podDisruptionBudget: { enabled: true, ...inner } });
const apart = (matchLabels: Tree) => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } },
      ],
    },
  },
});
const nats = { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } };
const byLabel = (matchLabels: Tree) => ({
  ingress: [{ from: [{ namespaceSelector: { matchLabels } }] }],
});

/** Of values alone, on a cluster with nothing on it. */
const onValues: readonly Situation[] = [
  {
    on: 'bare',
    what: 'raft as it should be',
    says: {
      'XV-101': ['pass'],
      'XV-102': ['pass'],
      'XV-103': ['pass'],
      'XV-104': ['pass'],
      'XV-105': ['pass'],
      'XV-106': ['pass'],
      'XV-107': ['pass'],
      'XV-108': ['pass'],
      'XV-201': ['pass'],
      'XV-202': ['pass'],
      'XV-205': ['pass'],
      'XV-207': ['pass'],
      'XV-210': ['warn'],
      'XV-301': ['pass'],
      'XV-302': ['pass'],
      'XV-305': ['pass'],
      'XV-306': ['pass'],
      'XV-308': ['pass'],
      'XV-401': ['pass'],
      'XV-422': ['pass'],
      'XV-701': ['pass'],
      'XV-801': ['pass'],
      'XV-802': ['pass'],
      'XV-803': ['pass'],
      'XV-808': ['pass'],
      'XV-809': ['pass'],
      'XV-810': ['pass', 'skip'],
      'XV-901': ['pass'],
      'XV-902': ['pass'],
      'XV-903': ['pass'],
    },
  },
  { on: 'bare', what: 'helm 3', values: raft(), helm: '3.17.3', says: { 'XV-108': ['warn'] } },
  {
    on: 'bare',
    what: 'memory, one replica',
    values: {},
    says: { 'XV-203': ['pass'], 'XV-306': ['pass'] },
  },
  {
    on: 'bare',
    what: 'memory, several replicas, in production',
    values: { replicaCount: 3 },
    target: { context: 'prod' },
    says: { 'XV-203': ['fail'], 'XV-305': ['warn'] },
  },
  {
    on: 'bare',
    what: 'memory, and an autoscaler',
    values: { autoscaling: { enabled: true } },
    says: { 'XV-203': ['fail'] },
  },
  {
    on: 'bare',
    what: 'memory, and none at times',
    values: { keda: { enabled: true, minReplicaCount: 0, maxReplicaCount: 1, triggers: onCpu } },
    says: { 'XV-204': ['fail'] },
  },
  {
    on: 'bare',
    what: 'memory, and one at least',
    values: { keda: { enabled: true, minReplicaCount: 1, maxReplicaCount: 1, triggers: onCpu } },
    says: { 'XV-204': ['pass'] },
  },
  {
    on: 'bare',
    what: 'one of raft, in production',
    values: raft({ replicaCount: 1 }),
    target: { namespace: 'xerv-prod' },
    says: { 'XV-205': ['warn'], 'XV-305': ['warn'] },
  },
  {
    on: 'bare',
    what: 'two of raft',
    values: raft({ replicaCount: 2 }),
    says: { 'XV-205': ['fail'] },
  },
  {
    on: 'bare',
    what: 'four of raft',
    values: raft({ replicaCount: 4 }),
    says: { 'XV-205': ['warn'] },
  },
  {
    on: 'bare',
    what: 'raft and autoscalers',
    values: raft({ autoscaling: { enabled: true }, keda: { enabled: false } }),
    says: { 'XV-401': ['fail'] },
  },
  {
    on: 'bare',
    what: 'raft for many writers',
    values: raft({ storage: { accessMode: 'ReadWriteMany' } }),
    says: { 'XV-302': ['warn'] },
  },
  {
    on: 'bare',
    what: 'raft for readers',
    values: raft({ storage: { accessMode: 'ReadOnlyMany' } }),
    says: { 'XV-302': ['fail'] },
  },
  {
    on: 'bare',
    what: 'passwords in the values',
    values: { extraEnv: [{ name: 'API_TOKEN', value: 'canary' }] },
    says: { 'XV-207': ['warn'] },
  },
  {
    on: 'bare',
    what: 'an encrypted connection',
    values: { dispatch: { backend: 'nats', nats: { url: 'tls://nats.example.com:4222' } } },
    says: { 'XV-208': ['warn'], 'XV-210': ['warn'] },
  },
  {
    on: 'bare',
    what: 'an encrypted connection and an authority',
    values: {
      dispatch: { backend: 'nats', nats: { url: 'tls://nats.example.com:4222' } },
      extraEnv: [{ name: 'SSL_CERT_FILE', value: '/ca/ca.crt' }],
      ...ownImage,
    },
    says: { 'XV-208': ['pass'], 'XV-210': ['pass'], 'XV-614': ['pass'] },
  },
  {
    on: 'bare',
    what: 'a volume and one replica',
    values: { persistence: { enabled: true, size: '1Gi' } },
    says: { 'XV-303': ['pass'], 'XV-304': ['pass'], 'XV-306': ['warn'] },
  },
  {
    on: 'bare',
    what: 'a volume and several replicas',
    values: redis({ persistence: { enabled: true }, replicaCount: 2 }),
    says: { 'XV-303': ['warn'] },
  },
  {
    on: 'bare',
    what: 'a volume and a rolling update',
    values: { persistence: { enabled: true }, updateStrategy: { type: 'RollingUpdate' } },
    says: { 'XV-304': ['warn'] },
  },
  {
    on: 'bare',
    what: 'a claim of his own',
    values: { persistence: { enabled: true, existingClaim: 'mine' } },
    says: { 'XV-306': ['skip'] },
  },
  {
    on: 'bare',
    what: 'a budget below the quorum',
    values: raft({ replicaCount: 5, ...budget({ minAvailable: 2 }) }),
    says: { 'XV-805': ['warn'] },
  },
  {
    on: 'bare',
    what: 'the chart’s own budget',
    values: raft(budget({})),
    says: { 'XV-805': ['pass'] },
  },
  {
    on: 'bare',
    what: 'a budget that lets nobody go',
    values: budget({ minAvailable: 1 }),
    says: { 'XV-806': ['warn'] },
  },
  {
    on: 'bare',
    what: 'a budget for several',
    values: redis({ replicaCount: 2, ...budget({ minAvailable: 1 }) }),
    says: { 'XV-806': ['pass'] },
  },
  {
    on: 'bare',
    what: 'apart from every release',
    values: apart({ 'app.kubernetes.io/name': 'xerv' }),
    says: { 'XV-807': ['warn'] },
  },
  {
    on: 'bare',
    what: 'apart from its own',
    values: apart({ 'app.kubernetes.io/instance': 'xerv' }),
    says: { 'XV-807': ['pass'] },
  },
  {
    on: 'bare',
    what: 'a low port',
    values: { server: { apiPort: 80 } },
    says: { 'XV-808': ['fail'] },
  },
  {
    on: 'bare',
    what: 'five apart on three nodes',
    values: raft({ replicaCount: 5, podAntiAffinity: { type: 'required' } }),
    says: { 'XV-801': ['fail'] },
  },
  {
    on: 'bare',
    what: 'a variable that the chart sets',
    values: { extraEnv: [{ name: 'RUST_LOG', value: 'debug' }] },
    says: { 'XV-614': ['warn'] },
  },
];

/** Autoscalers, on clusters with more and more of what they need. */
const onScaling: readonly Situation[] = [
  {
    on: 'bare',
    what: 'KEDA that is not there',
    values: keda({ triggers: prometheusTrigger }),
    says: {
      'XV-405': ['fail'],
      'XV-406': [],
      'XV-409': [],
      'XV-605': ['warn'],
    },
  },
  {
    on: 'bare',
    what: 'an autoscaler that nobody measures for',
    values: hpa({ metrics: { pendingTraces: { enabled: true } } }),
    says: { 'XV-403': ['pass'], 'XV-404': ['pass'], 'XV-410': ['fail'], 'XV-412': ['fail'] },
  },
  {
    on: 'bare',
    what: 'a minimum above the maximum',
    values: hpa({ minReplicas: 5, maxReplicas: 3 }),
    says: { 'XV-403': ['fail'] },
  },
  {
    on: 'bare',
    what: 'replicas outside of the range',
    values: hpa({}, { replicaCount: 50 }),
    says: { 'XV-403': ['warn'] },
  },
  {
    on: 'bare',
    what: 'scaled on what is not requested',
    values: hpa({}, { resources: { requests: { cpu: null } } }),
    says: { 'XV-404': ['fail'] },
  },
  {
    on: 'bare',
    what: 'a VPA that is not there',
    values: vpa(),
    says: { 'XV-410': ['fail'], 'XV-415': ['fail'], 'XV-416': [] },
  },
  {
    on: 'kinds-only',
    what: 'kinds, and nobody who works on them',
    says: {
      'XV-405': ['pass'],
      'XV-406': ['fail'],
      'XV-409': ['fail'],
      'XV-601': ['pass'],
      'XV-602': ['warn'],
      'XV-603': ['skip'],
    },
  },
  {
    on: 'kinds-only',
    what: 'the kind of the VPA alone',
    values: vpa(),
    says: { 'XV-415': ['pass'], 'XV-416': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'everything is there',
    says: {
      'XV-405': ['pass'],
      'XV-406': ['pass'],
      'XV-409': ['pass'],
      'XV-411': ['pass'],
      'XV-413': ['pass'],
      'XV-601': ['pass'],
      'XV-602': ['pass'],
      'XV-605': ['pass'],
      'XV-606': ['warn'],
      'XV-607': ['warn'],
      'XV-609': ['pass'],
      'XV-610': ['pass'],
      'XV-611': ['pass'],
      'XV-612': ['pass'],
      'XV-613': ['warn'],
      'XV-701': ['warn'],
      'XV-702': ['pass'],
      'XV-703': ['pass'],
      'XV-705': ['warn'],
    },
  },
  {
    on: 'add-ons',
    what: 'an autoscaler that is measured for',
    values: hpa({ metrics: { pendingTraces: { enabled: true } } }),
    says: { 'XV-410': ['pass'], 'XV-412': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'zero on a trigger outside',
    values: redis({ keda: { enabled: true, minReplicaCount: 0 } }),
    says: { 'XV-407': ['pass'], 'XV-408': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'zero on CPU alone',
    values: {
      ...nats,
      keda: { enabled: true, minReplicaCount: 0, triggers: { cpu: { enabled: true } } },
    },
    says: { 'XV-407': ['fail'], 'XV-408': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'zero on metrics of the pods',
    values: {
      ...nats,
      keda: { enabled: true, minReplicaCount: 0, triggers: prometheusTrigger },
    },
    says: { 'XV-407': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a fallback above the maximum',
    values: keda({ fallback: { enabled: true, replicas: 50 } }),
    says: { 'XV-411': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a query for each pod',
    values: keda({
      triggers: { pendingTraces: { ...prometheusTrigger.pendingTraces, query: 'a{b="c"}' } },
    }),
    says: { 'XV-414': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a query for one number',
    values: keda({
      triggers: { pendingTraces: { ...prometheusTrigger.pendingTraces, query: 'sum(a)' } },
    }),
    says: { 'XV-414': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA that is whole',
    values: vpa({ updateMode: 'InPlaceOrRecreate' }),
    says: {
      'XV-410': ['pass'],
      'XV-415': ['pass'],
      'XV-416': ['pass'],
      'XV-417': ['pass'],
      'XV-418': ['pass'],
      'XV-421': ['pass'],
      'XV-804': ['pass'],
    },
  },
  {
    on: 'add-ons',
    what: 'a VPA with an old mode, one replica and a volume',
    values: vpa({ updateMode: 'Auto' }, { persistence: { enabled: true } }),
    says: { 'XV-417': ['warn'], 'XV-418': ['warn'], 'XV-419': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA on raft with a budget',
    values: raft(vpa({ updateMode: 'Recreate' }, budget({}))),
    says: { 'XV-418': ['pass'], 'XV-419': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA beside an autoscaler',
    values: hpa({ targetMemoryUtilizationPercentage: null }, vpa()),
    says: { 'XV-420': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA that is left nothing',
    values: hpa(
      {},
      vpa({ containerPolicies: [{ containerName: '*', controlledResources: ['cpu'] }] }),
    ),
    says: { 'XV-420': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA that resizes proxies, above every node',
    values: vpa({
      containerPolicies: [
        { containerName: 'istio-proxy' },
        { containerName: '*', maxAllowed: { cpu: 64 } },
      ],
    }),
    says: { 'XV-421': ['warn'], 'XV-804': ['warn'] },
  },
  {
    on: 'add-ons-broken',
    what: 'operators that are down, and external metrics in other hands',
    says: {
      'XV-406': ['warn'],
      'XV-409': ['fail'],
      'XV-413': ['warn'],
      'XV-602': ['warn'],
      'XV-612': ['warn'],
      'XV-702': ['warn'],
      'XV-703': ['warn'],
    },
  },
  {
    on: 'add-ons-broken',
    what: 'a VPA without updater, and metrics that nobody answers',
    values: vpa({ updateMode: 'Recreate' }),
    says: { 'XV-410': ['warn'], 'XV-416': ['warn'] },
  },
  {
    on: 'add-ons-broken',
    what: 'a VPA that is too old for its mode',
    values: vpa({ updateMode: 'InPlaceOrRecreate' }),
    says: { 'XV-417': ['fail'] },
  },
];

/** Metrics, dashboards and traces. */
const onObservability: readonly Situation[] = [
  {
    on: 'bare',
    what: 'no operator, no Grafana, no collector',
    values: {
      ...monitored,
      monitoring: {
        alerts: { enabled: true },
        dashboards: { enabled: true },
        tracing: { enabled: true, endpoint: '' },
      },
    },
    says: { 'XV-601': ['fail'], 'XV-608': ['warn'], 'XV-611': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'monitors without the label that is selected by',
    values: monitored,
    says: { 'XV-603': ['warn', 'warn'], 'XV-604': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'monitors with that label',
    values: { metrics: { serviceMonitor: { enabled: true, labels: { release: 'kps' } } } },
    says: { 'XV-603': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'alerts without metrics',
    values: { ...monitored, metrics: { enabled: false } },
    says: { 'XV-604': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'scaled on metrics that are off',
    values: keda({ triggers: prometheusTrigger }, { metrics: { enabled: false } }),
    says: { 'XV-605': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'metrics of an image of his own, from the API',
    values: {
      ...ownImage,
      ...tracing('http://tempo.monitoring:4317'),
      metrics: { onApiPort: true, serviceMonitor: { enabled: true } },
    },
    says: { 'XV-606': ['pass'], 'XV-607': ['pass'], 'XV-613': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'everything collected twice, too slowly',
    values: {
      metrics: {
        serviceMonitor: { enabled: true, interval: '5s' },
        podMonitor: { enabled: true },
      },
    },
    says: { 'XV-609': ['warn'], 'XV-610': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a dashboard',
    values: dashboards,
    says: { 'XV-608': ['pass'] },
  },
  {
    on: 'add-ons-broken',
    what: 'a dashboard that no sidecar looks for',
    values: dashboards,
    says: { 'XV-608': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'the port of HTTP',
    values: tracing('http://tempo.monitoring:4318'),
    says: { 'XV-611': ['warn'] },
  },
];

/** Meshes. */
const onMeshes: readonly Situation[] = [
  {
    on: 'bare',
    what: 'no Istio',
    values: istio(),
    says: { 'XV-501': ['fail'], 'XV-502': ['skip'] },
  },
  { on: 'bare', what: 'no Linkerd', values: linkerd(profile), says: { 'XV-520': ['fail'] } },
  {
    on: 'kinds-only',
    what: 'kinds of Istio alone',
    values: istio(),
    says: { 'XV-501': ['fail'], 'XV-502': ['skip'], 'XV-503': ['skip'] },
  },
  {
    on: 'kinds-only',
    what: 'kinds of Linkerd alone',
    values: linkerd(profile),
    says: { 'XV-520': ['fail'], 'XV-521': ['skip'], 'XV-522': ['skip'] },
  },
  {
    on: 'add-ons',
    what: 'Istio',
    values: istio(strict, nats),
    says: {
      'XV-501': ['pass'],
      'XV-502': ['pass'],
      'XV-503': ['pass'],
      'XV-504': ['pass'],
      'XV-505': ['pass'],
      'XV-540': ['pass'],
      'XV-541': ['pass'],
      'XV-542': ['pass'],
      'XV-705': ['warn'],
    },
  },
  {
    on: 'add-ons',
    what: 'Istio and a load balancer',
    values: istio(strict, { service: { type: 'LoadBalancer' } }),
    says: { 'XV-505': ['fail'], 'XV-701': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'Istio and an ingress controller of others',
    values: istio(strict, ingress()),
    says: { 'XV-505': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'Istio and a server outside',
    values: istio({}, { dispatch: { backend: 'redis', redis: { url: 'redis://a.example.com' } } }),
    says: { 'XV-507': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a gateway without a host',
    values: istio({ virtualService: { enabled: true, gateways: ['edge/public'] } }),
    says: { 'XV-508': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a gateway with a host',
    values: istio({
      virtualService: { enabled: true, gateways: ['edge/public'], hosts: ['x.example.com'] },
    }),
    says: { 'XV-508': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'ambient mode that is not there',
    values: istio({ ambient: { enabled: true } }),
    says: { 'XV-503': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a revision that is not there',
    values: istio({ injection: { enabled: true, revision: '1-28' } }),
    says: { 'XV-502': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'the sidecar keeps addresses',
    values: istio({}, { podAnnotations: { 'sidecar.istio.io/interceptionMode': 'TPROXY' } }),
    says: { 'XV-705': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'Linkerd',
    values: linkerd(profile),
    says: {
      'XV-520': ['pass', 'pass', 'pass'],
      'XV-521': ['pass'],
      'XV-522': ['pass'],
      'XV-540': ['pass'],
    },
  },
  {
    on: 'add-ons',
    what: 'a canary',
    values: canary({ image: { tag: '0.2.0' } }),
    says: { 'XV-523': ['pass'], 'XV-524': ['pass'] },
  },
  {
    on: 'bare',
    what: 'a canary without anybody who splits',
    values: canary({ stableWeight: 0, canaryWeight: 0 }),
    says: { 'XV-523': ['fail'], 'XV-524': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a canary of the same image',
    values: canary({}),
    says: { 'XV-524': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'NATS through the proxy',
    values: linkerd({ injection: { enabled: true, bypassNats: false } }, nats),
    says: { 'XV-542': ['warn'] },
  },
  {
    on: 'two-meshes',
    what: 'Istio where Linkerd is too, under Pod Security',
    values: istio(),
    says: { 'XV-540': ['fail'], 'XV-541': ['fail'] },
  },
  {
    on: 'two-meshes',
    what: 'Linkerd where Istio is too, under Pod Security',
    values: linkerd(),
    says: { 'XV-540': ['fail'], 'XV-541': ['fail'] },
  },
  {
    on: 'add-ons-broken',
    what: 'Istio that is down, in a namespace of a revision that is gone',
    values: istio({ ...strict, ...callersSpeakTls }),
    says: { 'XV-501': ['fail'], 'XV-502': ['fail'], 'XV-504': ['skip'] },
  },
  {
    on: 'add-ons-broken',
    what: 'Istio that is down, and a server outside',
    values: istio({}, { dispatch: { backend: 'redis', redis: { url: 'redis://a.example.com' } } }),
    says: { 'XV-507': ['skip'] },
  },
  {
    on: 'add-ons-broken',
    what: 'Linkerd that is down, of another domain, and refuses',
    values: linkerd(profile),
    says: { 'XV-520': ['pass', 'fail', 'pass'], 'XV-521': ['fail'], 'XV-522': ['warn'] },
  },
];

/** Ways in and out. */
const onNetworks: readonly Situation[] = [
  { on: 'bare', what: 'no Gateway API', values: route(gateway), says: { 'XV-704': ['fail'] } },
  {
    on: 'add-ons',
    what: 'a Gateway',
    values: route(gateway),
    says: { 'XV-704': ['pass'], 'XV-701': ['warn'] },
  },
  { on: 'add-ons', what: 'no Gateway named', values: route(), says: { 'XV-704': ['warn'] } },
  {
    on: 'add-ons-broken',
    what: 'a Gateway that nobody works on',
    values: route(gateway),
    says: { 'XV-704': ['warn'] },
  },
  {
    on: 'bare',
    what: 'an Ingress without a class',
    values: ingress({ tls: [] }),
    says: { 'XV-702': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a NetworkPolicy',
    values: policy({ prometheus: { namespaces: ['monitoring'] } }, istio({}, redis())),
    says: {
      'XV-710': ['pass'],
      'XV-711': ['pass'],
      'XV-712': ['pass', 'pass'],
      'XV-714': ['pass'],
    },
  },
  {
    on: 'add-ons',
    what: 'a NetworkPolicy that leaves out who is needed',
    values: policy(
      {
        mesh: { namespaces: ['elsewhere'] },
        prometheus: { namespaces: ['elsewhere'] },
      },
      istio({}, { dispatch: { backend: 'redis', redis: { url: 'redis://a.example.com' } } }),
    ),
    says: { 'XV-710': ['fail'], 'XV-711': ['warn'], 'XV-712': ['warn', 'warn'] },
  },
  {
    on: 'add-ons',
    what: 'rules that select nobody',
    values: policy(byLabel({ name: 'monitoring' })),
    says: { 'XV-713': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'rules that select somebody',
    values: policy(byLabel({ 'kubernetes.io/metadata.name': 'monitoring' })),
    says: { 'XV-713': ['pass'] },
  },
  {
    on: 'add-ons-broken',
    what: 'a plugin that does not enforce',
    values: policy(),
    says: { 'XV-714': ['warn'] },
  },
  { on: 'bare', what: 'no plugin at all', values: policy(), says: { 'XV-714': ['unknown'] } },
];

/** The place: who asks, namespace, nodes, storage, and what is there already. */
const onPlaces: readonly Situation[] = [
  {
    on: 'namespace-absent',
    what: 'a namespace that is to be made',
    says: { 'XV-101': ['pass'], 'XV-102': ['pass'], 'XV-103': ['pass'], 'XV-104': ['skip'] },
  },
  {
    on: 'namespace-absent-editor',
    what: 'a namespace that he may not even see',
    says: { 'XV-102': ['fail'], 'XV-901': ['fail'] },
  },
  {
    on: 'viewer',
    what: 'who may only look',
    says: {
      'XV-107': ['unknown'],
      'XV-801': ['unknown'],
      'XV-810': ['unknown', 'unknown', 'skip'],
    },
  },
  {
    on: 'viewer',
    what: 'who may only look: storage',
    values: raft(),
    says: { 'XV-308': ['unknown'] },
  },
  {
    on: 'editor',
    what: 'who may edit a namespace',
    says: { 'XV-105': ['pass'], 'XV-107': ['unknown'], 'XV-801': ['unknown'] },
  },
  { on: 'two-default-classes', what: 'two default classes', says: { 'XV-308': ['warn'] } },
  {
    on: 'no-default-class',
    what: 'no default class',
    says: { 'XV-301': ['fail'], 'XV-308': ['pass'] },
  },
  { on: 'class-missing', what: 'a class that is not there', says: { 'XV-301': ['fail'] } },
  {
    on: 'full-nodes',
    what: 'full nodes',
    values: { resources: { requests: { cpu: '1' }, limits: { cpu: '2' } } },
    says: { 'XV-801': ['fail'] },
  },
  { on: 'tainted-nodes', what: 'tainted nodes', says: { 'XV-801': ['fail'] } },
  { on: 'mixed-nodes', what: 'another processor', says: { 'XV-810': ['warn', 'skip'] } },
  { on: 'arm-nodes', what: 'only another processor', says: { 'XV-810': ['fail', 'skip'] } },
  {
    on: 'strict-namespace',
    what: 'quota, limits and Pod Security',
    says: { 'XV-102': ['pass'], 'XV-103': ['fail'], 'XV-802': ['fail'] },
  },
  {
    on: 'strict-namespace',
    what: 'above the LimitRange',
    values: { resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } },
    says: { 'XV-803': ['fail'] },
  },
  { on: 'warned-namespace', what: 'Pod Security that warns', says: { 'XV-103': ['warn'] } },
  { on: 'enforced-namespace', what: 'Pod Security that refuses', says: { 'XV-103': ['fail'] } },
  {
    on: 'namespace-leaving',
    what: 'a namespace that goes',
    says: { 'XV-101': ['fail'], 'XV-102': ['skip'] },
  },
  {
    on: 'occupied',
    what: 'what others left',
    says: {
      'XV-201': ['fail'],
      'XV-422': ['warn'],
      'XV-810': ['pass', 'fail', 'skip'],
      'XV-902': ['fail'],
    },
  },
  {
    on: 'occupied',
    what: 'two autoscalers',
    values: hpa(),
    says: { 'XV-422': ['fail'] },
  },
  { on: 'foreign-release', what: 'a release of others', says: { 'XV-901': ['fail'] } },
  {
    on: 'dead-webhook',
    what: 'a webhook that nobody answers for',
    says: { 'XV-102': ['fail'], 'XV-107': ['fail'] },
  },
  {
    on: 'live-raft',
    what: 'a raft cluster that is to grow and to move',
    says: {
      'XV-206': ['pass'],
      'XV-209': ['warn'],
      'XV-307': ['pass'],
      'XV-903': ['fail', 'fail'],
    },
  },
  {
    on: 'live-raft',
    what: 'another backend',
    values: redis(),
    live: raft(),
    says: { 'XV-206': ['warn'] },
  },
  {
    on: 'live-raft',
    what: 'as it is',
    values: raft(),
    live: raft(),
    says: { 'XV-209': ['pass'], 'XV-307': ['pass'] },
  },
  {
    on: 'live-deployment',
    what: 'an autoscaler switched on',
    says: { 'XV-423': ['warn'] },
  },
  { on: 'openshift', what: 'OpenShift', says: { 'XV-809': ['pass'] } },
  {
    on: 'openshift',
    what: 'OpenShift, and ids of the user’s',
    values: { podSecurityContext: { runAsUser: 2000 } },
    says: { 'XV-809': ['warn'] },
  },
];

export const situations: readonly Situation[] = [
  ...onValues,
  ...onScaling,
  ...onObservability,
  ...onMeshes,
  ...onNetworks,
  ...onPlaces,
];
