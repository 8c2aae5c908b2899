/** What the manifests of add-ons make of themselves in a cluster, as far as it can be told apart. */

type Labels = Readonly<Record<string, string>>;

interface WorkloadOptions {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly labels?: Labels;
  readonly containers?: readonly object[];
}

export const namespaceObject = (name: string, labels: Labels = {}, annotations: Labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, annotations },
});

export function deployment({
  namespace,
  name,
  image,
  labels = {},
  containers = [{ name: 'main', image }],
}: WorkloadOptions) {
  const selector = { test: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      template: { metadata: { labels: selector }, spec: { containers } },
    },
  };
}

export const daemonSet = (options: WorkloadOptions) => {
  const { spec, ...rest } = deployment(options);
  const { replicas: _, ...others } = spec;
  return { ...rest, kind: 'DaemonSet', spec: others };
};

export const configMapObject = (
  namespace: string,
  name: string,
  data: Readonly<Record<string, string>>,
) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data });

/** A Service in front of the pods of `deployment`. */
export const serviceObject = (
  namespace: string,
  name: string,
  port: number,
  portName = 'main',
) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { selector: { test: name }, ports: [{ name: portName, port }] },
});

export interface WebhookOptions {
  readonly name: string;
  readonly labels?: Labels;
  readonly clientConfig: object;
  readonly namespaceSelector?: object;
  readonly rules?: readonly object[];
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly matchConditions?: readonly object[];
}

export const podRule = {
  apiGroups: [''],
  apiVersions: ['v1'],
  operations: ['CREATE'],
  resources: ['pods'],
};

export const webhookObject = (
  kind: 'Mutating' | 'Validating',
  {
    name,
    labels = {},
    clientConfig,
    namespaceSelector = {},
    rules = [podRule],
    failurePolicy = 'Ignore',
    matchConditions = [],
  }: WebhookOptions,
) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: `${kind}WebhookConfiguration`,
  metadata: { name, labels },
  webhooks: [
    {
      name: `${name}.example.com`,
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy,
      clientConfig,
      namespaceSelector,
      rules,
      ...(matchConditions.length > 0 ? { matchConditions } : {}),
    },
  ],
});

/** istiod of a revision with its mesh configuration and its injector. */
export function istio({ revision = 'default', version = '1.30.4', mesh = '' } = {}) {
  const suffix = revision === 'default' ? '' : `-${revision}`;
  const namespace = 'istio-system';
  const labels = { app: 'istiod', 'istio.io/rev': revision };
  const service = { namespace, name: `istiod${suffix}`, path: '/inject' };
  return [
    namespaceObject(namespace),
    deployment({
      namespace,
      name: `istiod${suffix}`,
      image: `docker.io/istio/pilot:${version}`,
      labels,
    }),
    serviceObject(namespace, `istiod${suffix}`, 443),
    configMapObject(namespace, `istio${suffix}`, { mesh }),
    webhookObject('Mutating', {
      name: `istio-sidecar-injector${suffix}`,
      labels,
      clientConfig: { service },
      namespaceSelector:
        revision === 'default'
          ? { matchLabels: { 'istio-injection': 'enabled' } }
          : { matchLabels: { 'istio.io/rev': revision } },
    }),
  ];
}

/** What `istioctl tag set` makes. */
export const istioTag = (tag: string, revision: string) =>
  webhookObject('Mutating', {
    name: `istio-revision-tag-${tag}`,
    labels: { 'istio.io/tag': tag, 'istio.io/rev': revision },
    clientConfig: { service: { namespace: 'istio-system', name: `istiod-${revision}` } },
    namespaceSelector: { matchLabels: { 'istio.io/rev': tag } },
  });

export function linkerd() {
  const namespace = 'linkerd';
  const proxy = { name: 'linkerd-proxy', image: 'cr.l5d.io/linkerd/proxy:edge-26.8.1' };
  const part = (component: string) =>
    deployment({
      namespace,
      name: `linkerd-${component}`,
      image: '',
      labels: { 'linkerd.io/control-plane-component': component },
      containers: [proxy, { name: component, image: 'cr.l5d.io/linkerd/controller:edge-26.8.1' }],
    });
  const values = [
    'clusterDomain: cluster.test',
    'cniEnabled: true',
    'proxy:',
    '  opaquePorts: 25,4222',
    '  defaultInboundPolicy: deny',
  ].join('\n');
  return [
    namespaceObject(namespace),
    ...['destination', 'identity', 'proxy-injector'].map(part),
    configMapObject(namespace, 'linkerd-config', { values }),
  ];
}

export function keda() {
  const namespace = 'keda';
  const names = ['keda-operator', 'keda-operator-metrics-apiserver', 'keda-admission-webhooks'];
  return [
    namespaceObject(namespace),
    ...names.map((name) =>
      deployment({
        namespace,
        name,
        image: `ghcr.io/kedacore/keda:2.20.2`,
        labels: { 'app.kubernetes.io/name': name },
      }),
    ),
  ];
}

/** As its own manifests make it: without labels. */
export const vpa = () =>
  ['vpa-recommender', 'vpa-updater', 'vpa-admission-controller'].map((name) =>
    deployment({
      namespace: 'kube-system',
      name,
      image: `registry.k8s.io/autoscaling/${name}:1.7.1`,
    }),
  );

/** The kind of a Prometheus server, as far as an object of it can be kept. */
export const prometheusKind = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'prometheuses.monitoring.coreos.com' },
  spec: {
    group: 'monitoring.coreos.com',
    scope: 'Namespaced',
    names: { kind: 'Prometheus', plural: 'prometheuses' },
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

/** kube-prometheus-stack under the release name `kps`, with its Grafana. */
export function kubePrometheusStack() {
  const namespace = 'monitoring';
  const selected = { matchLabels: { release: 'kps' } };
  return [
    namespaceObject(namespace),
    deployment({
      namespace,
      name: 'kps-operator',
      image: 'quay.io/prometheus-operator/prometheus-operator:v0.93.1',
      labels: { 'app.kubernetes.io/component': 'prometheus-operator' },
    }),
    serviceObject(namespace, 'prometheus-operated', 9090, 'web'),
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { namespace, name: 'kps' },
      spec: {
        serviceMonitorSelector: selected,
        serviceMonitorNamespaceSelector: {},
        ruleSelector: {
          matchExpressions: [{ key: 'release', operator: 'In', values: ['kps', 'other'] }],
        },
      },
    },
    deployment({
      namespace,
      name: 'kps-grafana',
      image: '',
      labels: { 'app.kubernetes.io/name': 'grafana' },
      containers: [
        {
          name: 'grafana-sc-dashboard',
          image: 'quay.io/kiwigrid/k8s-sidecar:2.10.1',
          env: [
            { name: 'LABEL', value: 'grafana_dashboard' },
            { name: 'LABEL_VALUE', value: '1' },
            { name: 'FOLDER', value: '/tmp/dashboards' },
            { name: 'NAMESPACE', value: 'ALL' },
          ],
        },
        {
          name: 'grafana-sc-datasources',
          image: 'quay.io/kiwigrid/k8s-sidecar:2.10.1',
          env: [{ name: 'LABEL', value: 'grafana_datasource' }],
        },
        { name: 'grafana', image: 'docker.io/grafana/grafana:13.2.0' },
      ],
    }),
  ];
}
