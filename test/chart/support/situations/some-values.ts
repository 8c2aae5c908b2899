import type { Tree } from '../../../../src/values/tree.ts';

export const redis = (more: Tree = {}): Tree => ({
  dispatch: { backend: 'redis', redis: { url: 'redis://redis.cache.svc:6379' } },
  ...more,
});
export const raft = (more: Tree = {}): Tree => ({
  dispatch: { backend: 'raft' },
  replicaCount: 3,
  ...more,
});
export const keda = (inner: Tree, more: Tree = {}) =>
  redis({ keda: { enabled: true, minReplicaCount: 1, ...inner }, ...more });
export const hpa = (inner: Tree = {}, more: Tree = {}) =>
  redis({ autoscaling: { enabled: true, ...inner }, ...more });
export const vpa = (inner: Tree = {}, more: Tree = {}): Tree => ({
  vpa: { enabled: true, ...inner },
  ...more,
});
export const onCpu = { cpu: { enabled: true } };
export const prometheusTrigger = {
  pendingTraces: {
    enabled: true,
    serverAddress: 'http://prometheus-server.monitoring.svc.cluster.local',
  },
};
export const istio = (inner: Tree = {}, more: Tree = {}): Tree => ({
  serviceMesh: {
    enabled: true,
    provider: 'istio',
    istio: { injection: { enabled: true }, ...inner },
  },
  ...more,
});
export const linkerd = (inner: Tree = {}, more: Tree = {}): Tree => ({
  serviceMesh: {
    enabled: true,
    provider: 'linkerd',
    linkerd: { injection: { enabled: true }, ...inner },
  },
  ...more,
});
export const strict = { peerAuthentication: { enabled: true, mtls: 'STRICT' } };
export const callersSpeakTls = { destinationRule: { enabled: true } };
export const profile = { serviceProfile: { enabled: true } };
export const canary = (inner: Tree) => linkerd({ trafficSplit: { enabled: true, canary: inner } });
export const monitored: Tree = {
  metrics: { serviceMonitor: { enabled: true } },
  monitoring: { alerts: { enabled: true } },
};
export const tracing = (endpoint: string): Tree => ({
  monitoring: { tracing: { enabled: true, endpoint } },
});
export const dashboards: Tree = { monitoring: { dashboards: { enabled: true } } };
export const policy = (inner: Tree = {}, more: Tree = {}): Tree => ({
  networkPolicy: { enabled: true, ...inner },
  ...more,
});
export const gateway = { name: 'public', namespace: 'edge' };
export const route = (...parentRefs: Tree[]): Tree => ({
  httpRoute: { enabled: true, parentRefs },
});
export const ingress = (inner: Tree = {}): Tree => ({ ingress: { enabled: true, ...inner } });
export const ownImage = { image: { repository: 'registry.example/xerv' } };
export const budget = (inner: Tree) => ({ podDisruptionBudget: { enabled: true, ...inner } });
export const apart = (matchLabels: Tree) => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } },
      ],
    },
  },
});
export const nats = { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } };
export const byLabel = (matchLabels: Tree) => ({
  ingress: [{ from: [{ namespaceSelector: { matchLabels } }] }],
});
