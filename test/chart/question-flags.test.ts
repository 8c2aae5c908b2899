import { describe, expect, test } from 'vitest';
import type { Tree } from '../../src/values/tree.ts';
import { type Answers, bases, given } from '../support/questions.ts';
import { render } from '../support/render.ts';

const redis: Answers = [
  ['backend', 'redis'],
  ['redis-url', 'redis://redis:6379'],
];
const apply = (answers: Answers, base: Tree = {}) => render(given(base, answers));
const kinds = async (answers: Answers, base?: Tree) =>
  (await apply(answers, base)).objects.map(({ kind }) => kind);

const meshKinds = {
  istio: ['DestinationRule', 'PeerAuthentication', 'VirtualService'],
  linkerd: ['ServiceProfile'],
};

/** What the flags alone make, held against the examples of the README. */
describe('question flags', () => {
  test.each(['istio', 'linkerd'] as const)(
    '--mesh %s makes what the example does',
    async (mesh) => {
      const [byFlag, byPreset] = await Promise.all([
        kinds([['mesh', mesh]]),
        kinds([], bases[mesh]),
      ]);
      expect(byFlag).toEqual(expect.arrayContaining(meshKinds[mesh]));
      expect(byFlag.sort()).toEqual(byPreset.sort());
    },
  );

  test('another mesh leaves nothing of the one before', async () => {
    const [toLinkerd, toIstio, toNone] = await Promise.all([
      kinds([['mesh', 'linkerd']], bases.istio),
      kinds([['mesh', 'istio']], bases.linkerd),
      kinds([['mesh', 'none']], bases.istio),
    ]);
    for (const kind of meshKinds.istio) expect([...toLinkerd, ...toNone]).not.toContain(kind);
    for (const kind of meshKinds.linkerd) expect(toIstio).not.toContain(kind);
  });

  test('--autoscaling makes one scaler, with its range and triggers', async () => {
    const keda = await apply([
      ...redis,
      ['autoscaling', 'keda'],
      ['keda-triggers', 'queue,pending,active'],
      ['prometheus-address', 'http://prometheus:9090'],
      ['min-replicas', '0'],
      ['max-replicas', '20'],
    ]);
    expect(keda.get('ScaledObject').spec).toMatchObject({
      minReplicaCount: 0,
      maxReplicaCount: 20,
      triggers: [
        { type: 'prometheus', metadata: { serverAddress: 'http://prometheus:9090' } },
        { type: 'prometheus', metadata: { serverAddress: 'http://prometheus:9090' } },
        { type: 'redis-streams' },
      ],
    });
    expect(keda.find('HorizontalPodAutoscaler')).toBeUndefined();
    const hpa = await apply([...redis, ['autoscaling', 'hpa'], ['target-cpu', '60']], bases.keda);
    expect(hpa.get('HorizontalPodAutoscaler').spec).toMatchObject({
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
    });
    expect(hpa.find('ScaledObject')).toBeUndefined();
    const none = await kinds([...redis, ['autoscaling', 'none']], bases.keda);
    expect(none).not.toContain('ScaledObject');
  });

  test('--vpa sets the mode', async () => {
    const rendering = await apply([['vpa', 'recreate']]);
    expect(rendering.get('VerticalPodAutoscaler').spec).toMatchObject({
      updatePolicy: { updateMode: 'Recreate' },
    });
    expect(await kinds([['vpa', 'none']], bases.vpa)).not.toContain('VerticalPodAutoscaler');
  });

  test('observability makes what the example does', async () => {
    const rendering = await apply([
      ['service-monitor', 'true'],
      ['alerts', 'true'],
      ['prometheus-labels', 'release=kps'],
      ['dashboards', 'true'],
      ['log-format', 'compact'],
      ['log-level', 'debug'],
      ['tracing-endpoint', 'http://tempo:4317'],
    ]);
    for (const kind of ['ServiceMonitor', 'PrometheusRule'])
      expect(rendering.get(kind).metadata.labels).toMatchObject({ release: 'kps' });
    expect(rendering.names).toEqual((await apply([], bases.observability)).names);
    expect(rendering.variables).toMatchObject({
      XERV_LOG_FORMAT: 'compact',
      RUST_LOG: 'xerv=debug',
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4317',
    });
  });

  test('the network', async () => {
    const rendering = await apply([
      ['network-policy', 'true'],
      ['api-clients', 'frontend'],
      ['ingress-host', 'xerv.example.com'],
      ['ingress-class', 'traefik'],
      ['ingress-tls-secret', 'xerv-tls'],
    ]);
    expect(JSON.stringify(rendering.get('NetworkPolicy').spec.ingress)).toContain('frontend');
    expect(rendering.get('Ingress').spec).toMatchObject({
      ingressClassName: 'traefik',
      rules: [{ host: 'xerv.example.com' }],
      tls: [{ secretName: 'xerv-tls' }],
    });
    const gateway = await apply([['gateway', 'gateways/public']]);
    expect(gateway.get('HTTPRoute').spec).toMatchObject({
      parentRefs: [{ namespace: 'gateways', name: 'public' }],
    });
    const balanced = await apply([['expose', 'load-balancer']]);
    expect(balanced.get('Service', 'xerv').spec).toMatchObject({ type: 'LoadBalancer' });
  });

  test('storage and resources', async () => {
    const rendering = await apply([
      ['backend', 'raft'],
      ['replicas', '5'],
      ['storage-class', 'fast-ssd'],
      ['storage-size', '50Gi'],
      ['cpu', '500m:2000m'],
      ['memory', '1Gi:4Gi'],
    ]);
    expect(rendering.get('StatefulSet').spec).toMatchObject({
      replicas: 5,
      volumeClaimTemplates: [
        { spec: { storageClassName: 'fast-ssd', resources: { requests: { storage: '50Gi' } } } },
      ],
    });
    expect(rendering.container.resources).toEqual({
      requests: { cpu: '500m', memory: '1Gi' },
      limits: { cpu: '2000m', memory: '4Gi' },
    });
    const kept = await apply([
      ['persistence', 'true'],
      ['persistence-size', '20Gi'],
    ]);
    expect(kept.get('PersistentVolumeClaim').spec).toMatchObject({
      resources: { requests: { storage: '20Gi' } },
    });
  });
});
