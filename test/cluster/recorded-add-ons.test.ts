import { test, vi } from 'vitest';
import type { Tree } from '../../src/values/tree.ts';
import {
  meshesAtWork,
  prometheusKind,
  scalersAndMonitoringAtWork,
  served,
  useAddOnCluster,
} from '../support/add-on-cluster.ts';
import { configMapObject, daemonSet, namespaceObject, vpa } from '../support/add-ons.ts';
import { aggregatedApi } from '../support/aggregated-api.ts';
import { describeCluster, eventually, kubectl } from '../support/cluster.ts';
import { recorderOf } from '../support/recorder.ts';

vi.setConfig({ testTimeout: 400_000 });

const redis = (url: string): Tree => ({ dispatch: { backend: 'redis', redis: { url } } });

/** A kind of somebody's, so that its group is served. */
const anyKind = (group: string, kind: string) => {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Cluster',
      names: { kind, plural },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
      ],
    },
  };
};

/** Values that make every part of the facts about add-ons worth asking for. */
const addOnValues: Tree = {
  ...redis('redis://redis.cache.svc:6379'),
  keda: {
    enabled: true,
    triggers: {
      pendingTraces: {
        enabled: true,
        serverAddress: 'http://prometheus-server.monitoring.svc.cluster.local',
      },
    },
  },
  metrics: { serviceMonitor: { enabled: true } },
  monitoring: {
    tracing: { enabled: true, endpoint: 'http://tempo.monitoring:4317' },
  },
  ingress: { enabled: true, tls: [{ secretName: 'xerv-tls', hosts: ['xerv.example.com'] }] },
};

const accepted = {
  type: 'Accepted',
  status: 'True',
  reason: 'Accepted',
  message: '',
  lastTransitionTime: '2026-01-31T10:00:00Z',
};

const ingressClass = (name: string, controller: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: {
    name,
    annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
  },
  spec: { controller },
});

/** A Gateway `edge/public` and its class. */
const gatewaysOf = (controllerName: string) => [
  namespaceObject('edge'),
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'public' },
    spec: { controllerName },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { namespace: 'edge', name: 'public' },
    spec: {
      gatewayClassName: 'public',
      listeners: [
        {
          name: 'http',
          port: 80,
          protocol: 'HTTP',
          allowedRoutes: { namespaces: { from: 'All' } },
        },
        { name: 'own', port: 8080, protocol: 'HTTP' },
      ],
    },
  },
];

/** What the checks see of add-ons on a real control plane; see recorded-facts.test.ts. */
describeCluster('facts about add-ons as they were recorded', (shared) => {
  const addOns = useAddOnCluster(shared, { nodes: { count: 3, zones: 3 } });
  const { run, apply, keep } = recorderOf(addOns.cluster);

  test('add-ons: their kinds, and nobody behind them', async () => {
    await apply(
      namespaceObject('xerv'),
      namespaceObject('strict', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
    );
    await addOns.makeKinds();
    await keep('kinds-only', { namespace: 'xerv', values: addOnValues });
  });

  test('add-ons at work, and as they should not be', async () => {
    await apply(prometheusKind);
    await apply(
      ...meshesAtWork(),
      ...scalersAndMonitoringAtWork(addOns),
      ...addOns.metricsApi('custom.metrics.k8s.io', 'monitoring/adapter'),
      ...served('monitoring', 'tempo', 4317),
      daemonSet({ namespace: 'kube-system', name: 'calico-node', image: 'calico/node:v3.31.0' }),
      ...gatewaysOf('example.com/controller'),
      ingressClass('traefik', 'traefik.io/ingress-controller'),
      {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: { namespace: 'xerv', name: 'xerv-tls' },
        stringData: { 'tls.crt': '', 'tls.key': '' },
      },
    );
    // Nobody works on it but the test.
    await run(
      ...['patch', 'gatewayclass', 'public', '--subresource=status', '--type=merge', '-p'],
      JSON.stringify({ status: { conditions: [accepted] } }),
    );
    await eventually(async () => {
      const { stdout } = await kubectl(addOns.cluster(), [
        ...['get', 'apiservices', '-o'],
        'jsonpath={.items[*].status.conditions[?(@.type=="Available")].status}',
      ]);
      return stdout.includes('False') ? undefined : true;
    }, 30_000);
    await keep('add-ons', { namespace: 'xerv', values: addOnValues });

    await run('annotate', 'namespace', 'strict', 'linkerd.io/inject=enabled');
    await run('label', 'namespace', 'strict', 'istio-injection=enabled');
    await keep('two-meshes', { namespace: 'strict', values: addOnValues });

    const gone = ['-n', 'kube-system', 'delete', 'deployment', 'vpa-updater'];
    await run(...gone);
    await run('-n', 'kube-system', 'delete', 'daemonset', 'calico-node');
    for (const [namespace, name] of [
      ['istio-system', 'istiod'],
      ['linkerd', 'linkerd-identity'],
      ['keda', 'keda-operator'],
      ['monitoring', 'kps-operator'],
      ['monitoring', 'tempo'],
    ] as const)
      await run('-n', namespace, 'scale', 'deployment', name, '--replicas=0');
    await apply(
      configMapObject('linkerd', 'linkerd-config', {
        values: 'clusterDomain: cluster.test\nproxy:\n  defaultInboundPolicy: deny\n',
      }),
      configMapObject('istio-system', 'istio', {
        mesh: 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}\nenablePrometheusMerge: false\n',
      }),
      namespaceObject('datadog'),
      ...addOns.metricsApi('external.metrics.k8s.io', 'datadog/cluster-agent'),
      // An API that nobody answers, and an add-on that is too old.
      ...aggregatedApi('metrics.k8s.io', 'kube-system/metrics-server', 1),
      ...vpa()
        .slice(0, 1)
        .map((one) => ({
          ...one,
          spec: {
            ...one.spec,
            template: {
              ...one.spec.template,
              spec: { containers: [{ name: 'main', image: 'vpa-recommender:1.4.0' }] },
            },
          },
        })),
      daemonSet({ namespace: 'kube-system', name: 'kube-flannel-ds', image: 'flannel:v0.27' }),
      ingressClass('nginx', 'k8s.io/ingress-nginx'),
    );
    await run('delete', 'ingressclass', 'traefik');
    await run('delete', 'gatewayclass', 'public');
    await run('-n', 'monitoring', 'delete', 'service', 'prometheus-server');
    await run('-n', 'xerv', 'delete', 'secret', 'xerv-tls');
    await run('label', 'namespace', 'xerv', 'istio.io/rev=1-28');
    await run('-n', 'monitoring', 'set', 'env', 'deployment/kps-grafana', 'LABEL=board');
    await eventually(async () => {
      const { stdout } = await kubectl(addOns.cluster(), [
        ...['get', 'apiservice', 'v1beta1.metrics.k8s.io', '-o'],
        'jsonpath={.status.conditions[?(@.type=="Available")].status}',
      ]);
      return stdout === 'False' ? true : undefined;
    }, 60_000);
    await keep('add-ons-broken', { namespace: 'xerv', values: addOnValues });
  });

  test('OpenShift', async () => {
    await apply(
      anyKind('config.openshift.io', 'ClusterVersion'),
      anyKind('security.openshift.io', 'SecurityContextConstraint'),
    );
    await eventually(async () => {
      const { stdout } = await kubectl(addOns.cluster(), ['api-versions']);
      return /config\.openshift[\s\S]*security\.openshift/.test(stdout) ? true : undefined;
    });
    await keep('openshift', { namespace: 'xerv', values: {} });
  });
});
