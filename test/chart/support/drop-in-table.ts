import type { Node, Tree } from '../../../src/values/tree.ts';

/** Values under which those that begin with `prefix` do something; the first that fits counts. */
export const contexts: readonly (readonly [prefix: string, values: Tree])[] = [
  ['dispatch.redis', { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } }],
  ['dispatch.nats', { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } }],
  ['dispatch.raft', { dispatch: { backend: 'raft' } }],
  ['server.grpcPort', { dispatch: { backend: 'raft' } }],
  ['storage', { dispatch: { backend: 'raft' } }],
  ['persistence', { persistence: { enabled: true } }],
  ['metrics.serviceMonitor', { metrics: { serviceMonitor: { enabled: true } } }],
  ['metrics', { metrics: { serviceMonitor: { enabled: true } } }],
  ['ingress', { ingress: { enabled: true, hosts: ['xerv.example.com'] } }],
  ['podDisruptionBudget', { podDisruptionBudget: { enabled: true } }],
  ['networkPolicy', { networkPolicy: { enabled: true } }],
  [
    'autoscaling',
    {
      dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
      autoscaling: {
        enabled: true,
        metrics: { pendingTraces: { enabled: true }, activeTraces: { enabled: true } },
      },
    },
  ],
  [
    'keda',
    {
      dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
      keda: {
        enabled: true,
        triggers: {
          pendingTraces: { enabled: true },
          activeTraces: { enabled: true },
          cpu: { enabled: true },
          memory: { enabled: true },
        },
      },
    },
  ],
  ['vpa', { vpa: { enabled: true } }],
  ['serviceMesh.linkerd.trafficSplit', mesh('linkerd', { trafficSplit: { enabled: true } })],
  ['serviceMesh.linkerd', mesh('linkerd', {})],
  [
    'serviceMesh.istio',
    mesh('istio', {
      authorizationPolicy: { enabled: true, rules: [{ to: [{ operation: { ports: ['8080'] } }] }] },
      virtualService: { enabled: true },
    }),
  ],
  ['serviceMesh', mesh('istio', {})],
  [
    'monitoring.alerts.raft',
    { dispatch: { backend: 'raft' }, monitoring: { alerts: { enabled: true } } },
  ],
  ['monitoring.alerts', { monitoring: { alerts: { enabled: true } } }],
  ['monitoring.dashboards', { monitoring: { dashboards: { enabled: true } } }],
  ['monitoring.tracing', { monitoring: { tracing: { enabled: true, endpoint: 'http://a:4317' } } }],
];

function mesh(provider: 'istio' | 'linkerd', values: Tree): Tree {
  return { serviceMesh: { enabled: true, provider, [provider]: values } };
}

/**
 * A value for a path whose own text the rendering must then hold, where one made from the default
 * would not do; with what the rendering holds instead, where it is written in another way.
 */
export const markers: Readonly<Record<string, Node | readonly [Node, RegExp]>> = {
  'image.pullPolicy': 'Always',
  imagePullSecrets: [[{ name: 'marker-pull' }], /marker-pull/],
  'dispatch.backend': ['raft', /kind: StatefulSet/],
  'dispatch.redis.url': 'redis://marker:6379',
  'dispatch.nats.url': 'nats://marker:4222',
  'dispatch.redis.useStreams': [false, /_USE_STREAMS\s+value: "false"/],
  'dispatch.nats.useJetstream': [false, /_USE_JETSTREAM\s+value: "false"/],
  // At most half of the election timeout.
  'dispatch.raft.heartbeatIntervalMs': 471,
  'serviceAccount.automount': true,
  'metrics.path': '/marker',
  'metrics.serviceMonitor.interval': '47s',
  'metrics.serviceMonitor.scrapeTimeout': '7s',
  'persistence.accessMode': 'ReadWriteMany',
  'persistence.size': '47Gi',
  'storage.accessMode': 'ReadWriteMany',
  'storage.size': '47Gi',
  'resources.requests.cpu': '47m',
  'resources.requests.memory': '47Mi',
  'resources.limits.cpu': '4747m',
  'resources.limits.memory': '4747Mi',
  'service.type': 'NodePort',
  'ingress.hosts': [['marker.example.com'], /marker\.example\.com/],
  'ingress.tls': [[{ secretName: 'marker-tls', hosts: ['a.example.com'] }], /marker-tls/],
  'securityContext.capabilities.drop': [['NET_RAW'], /- NET_RAW/],
  'podSecurityContext.runAsNonRoot': [false, /runAsNonRoot: false/],
  tolerations: [[{ key: 'marker-key', operator: 'Exists' }], /marker-key/],
  affinity: [{ nodeAffinity: { marker: true } }, /nodeAffinity:\s+marker: true/],
  extraEnv: [[{ name: 'MARKER', value: '1' }], /name: MARKER/],
  extraVolumes: [[{ name: 'marker', emptyDir: {} }], /name: marker/],
  extraVolumeMounts: [[{ name: 'tmp', mountPath: '/marker' }], /mountPath: \/marker/],
  'autoscaling.metrics.pendingTraces.targetValue': '471',
  'autoscaling.metrics.activeTraces.targetValue': '472',
  'autoscaling.behavior.scaleDown.stabilizationWindowSeconds': 471,
  'autoscaling.behavior.scaleDown.policies': [
    [{ type: 'Pods', value: 47, periodSeconds: 61 }],
    /value: 47/,
  ],
  'autoscaling.behavior.scaleUp.stabilizationWindowSeconds': 47,
  'autoscaling.behavior.scaleUp.policies': [
    [{ type: 'Pods', value: 48, periodSeconds: 61 }],
    /value: 48/,
  ],
  'autoscaling.behavior.scaleUp.selectPolicy': 'Min',
  'autoscaling.minReplicas': [7, /minReplicas: 7/],
  'autoscaling.maxReplicas': [47, /maxReplicas: 47/],
  'autoscaling.targetCPUUtilizationPercentage': 47,
  'networkPolicy.ingress': [[{ ports: [{ port: 4747 }] }], /port: 4747/],
  'networkPolicy.egress': [[{ ports: [{ port: 4748 }] }], /port: 4748/],
  'keda.minReplicaCount': [3, /minReplicaCount: 3/],
  'keda.maxReplicaCount': [47, /maxReplicaCount: 47/],
  'keda.fallback.replicas': [6, /replicas: 6/],
  'keda.triggers.pendingTraces.serverAddress': 'http://marker-1:9090',
  'keda.triggers.activeTraces.serverAddress': 'http://marker-2:9090',
  'keda.triggers.pendingTraces.threshold': '471',
  'keda.triggers.activeTraces.threshold': '472',
  'keda.triggers.pendingTraces.query': 'sum(marker_1)',
  'keda.triggers.activeTraces.query': 'sum(marker_2)',
  'keda.triggers.cpu.threshold': '47',
  'keda.triggers.memory.threshold': '48',
  'vpa.updateMode': 'Initial',
  'vpa.containerPolicies': [
    [{ containerName: 'xerv', minAllowed: { cpu: '47m' } }],
    /minAllowed:\s+cpu: 47m/,
  ],
  'serviceMesh.provider': ['linkerd', /linkerd\.io\/inject: enabled/],
  'podDisruptionBudget.minAvailable': [2, /minAvailable: 2/],
  'serviceMesh.istio.destinationRule.trafficPolicy.connectionPool.http.h2UpgradePolicy':
    'DO_NOT_UPGRADE',
  'serviceMesh.istio.destinationRule.trafficPolicy.loadBalancer.simple': 'LEAST_REQUEST',
  'serviceMesh.istio.destinationRule.trafficPolicy.outlierDetection.interval': '47s',
  'serviceMesh.istio.destinationRule.trafficPolicy.outlierDetection.baseEjectionTime': '48s',
  'serviceMesh.istio.destinationRule.trafficPolicy.outlierDetection.maxEjectionPercent': 47,
  'serviceMesh.istio.destinationRule.tlsMode': 'SIMPLE',
  'serviceMesh.istio.virtualService.hosts': [['marker.example.com'], /marker\.example\.com/],
  'serviceMesh.istio.virtualService.gateways': [['marker/gateway'], /marker\/gateway/],
  'serviceMesh.istio.virtualService.timeout': '47s',
  'serviceMesh.istio.virtualService.retries.attempts': [7, /attempts: 7/],
  'serviceMesh.istio.virtualService.retries.perTryTimeout': '7s',
  'serviceMesh.istio.virtualService.retries.retryOn': ['reset', /retryOn: "?reset/],
  'serviceMesh.istio.peerAuthentication.mtls': 'PERMISSIVE',
  'serviceMesh.istio.authorizationPolicy.rules': [
    [{ from: [{ source: { namespaces: ['marker'] } }] }],
    /- marker/,
  ],
  'serviceMesh.linkerd.serviceProfile.routes': [
    [{ name: 'marker-route', condition: { pathRegex: '/marker' } }],
    /marker-route/,
  ],
  'serviceMesh.linkerd.serviceProfile.retryBudget.retryRatio': 0.47,
  'serviceMesh.linkerd.serviceProfile.retryBudget.ttl': '47s',
  'serviceMesh.linkerd.trafficSplit.canary.canarySuffix': '-marker',
  'monitoring.alerts.errorRateThreshold': 0.047,
  'monitoring.alerts.criticalErrorRateThreshold': 0.47,
  'monitoring.dashboards.labels.grafana_dashboard': 'marker',
  'monitoring.logging.format': 'pretty',
  'monitoring.logging.level': ['debug', /xerv=debug/],
  'monitoring.tracing.endpoint': 'http://marker:4317',
};

/** Paths whose default is not upstream's, and why. */
export const changedDefaults: Readonly<Record<string, string>> = {
  'persistence.enabled': 'A01, A02: scratch space unless a claim is asked for',
  'serviceAccount.automount': 'A41: XERV does not call the Kubernetes API',
  'podDisruptionBudget.minAvailable': 'A18: one replica could never be drained',
  'livenessProbe.initialDelaySeconds': 'A04: the startup probe waits for the start',
  'readinessProbe.initialDelaySeconds': 'A04: the startup probe waits for the start',
  'keda.triggers.pendingTraces.query': 'A12: empty means a sum over this release alone',
  'keda.triggers.activeTraces.query': 'A12: empty means a sum over this release alone',
};
