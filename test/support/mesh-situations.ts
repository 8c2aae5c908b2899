/** Meshes as checks are told of them. */
import type { RenderedObject } from '../../src/checks/types.ts';
import type { FactValue } from '../../src/cluster/facts/facts.ts';
import type { Tree } from '../../src/values/tree.ts';
import { anyListener } from './check-facts.ts';
import type { CheckSituation } from './check-input.ts';

export const mesh = (provider: 'istio' | 'linkerd', inner: Tree = {}, more: Tree = {}): Tree => ({
  serviceMesh: { enabled: true, provider, [provider]: inner },
  ...more,
});
export const ambientValues = (inner: Tree = {}) =>
  mesh('istio', { ambient: { enabled: true }, ...inner });
export const controller = (name: string, ready = 1, namespace = 'istio-system') => ({
  namespace,
  name,
  image: '',
  version: '1.30.4',
  wanted: 1,
  ready,
});
export type Istio = FactValue<'istio'>;
export const revision = (
  name: string,
  parts: Partial<Istio['revisions'][number]> = {},
): Istio['revisions'][number] => ({
  revision: name,
  controller: controller(`istiod-${name}`),
  outboundPolicy: 'ALLOW_ANY',
  prometheusMerge: true,
  trustDomain: 'cluster.local',
  ...parts,
});
export const istio = (parts: Partial<Istio> = {}): Istio => ({
  served: true,
  revisions: [revision('default')],
  tags: {},
  injectsNamespace: '',
  peers: { mode: 'PERMISSIVE', source: '' },
  ambient: false,
  cni: false,
  ...parts,
});
export const linkerdParts = ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector'];
export const linkerd = (parts: Partial<FactValue<'linkerd'>> = {}): FactValue<'linkerd'> => ({
  served: true,
  controllers: linkerdParts.map((name) => controller(name, 1, 'linkerd')),
  clusterDomain: 'cluster.local',
  opaquePorts: '',
  defaultInboundPolicy: 'all-unauthenticated',
  proxyRequests: {},
  cni: false,
  injectsNamespace: false,
  ...parts,
});
export const noLinkerd = linkerd({ served: false, controllers: [] });
export const namespace = (labels: Record<string, string> = {}) => ({
  exists: true,
  terminating: false,
  conditions: [],
  labels,
});
export const object = (kind: string, spec: Tree, apiVersion = 'v1'): RenderedObject => ({
  apiVersion,
  kind,
  metadata: { name: 'xerv', namespace: 'xerv', labels: {}, annotations: {} },
  spec,
});
export const service = (type: string) => object('Service', { type });
/** What XV-502 is asked about. */
export const injection = (
  labels: Record<string, string>,
  given: { istio?: Partial<Istio>; revision?: string; objects?: RenderedObject[] } = {},
): CheckSituation => ({
  values: mesh('istio', given.revision ? { injection: { revision: given.revision } } : {}),
  objects: given.objects ?? [],
  facts: { istio: istio(given.istio), namespace: namespace(labels), webhooks: [] },
});
export const down = { controller: controller('istiod', 0) };
export const onAmbient = (
  values: Tree,
  facts: Partial<Istio>,
  labels: Record<string, string> = {},
): CheckSituation => ({ values, facts: { istio: istio(facts), namespace: namespace(labels) } });
export const works = { ambient: true, cni: true };
export const outside = (
  entry: Tree,
  outboundPolicy: string,
  redis: Tree = { url: 'rediss://cache.example.com:6380' },
): CheckSituation => ({
  values: mesh('istio', { serviceEntry: entry }, { dispatch: { backend: 'redis', redis } }),
  facts: {
    istio: istio({ revisions: [revision('default', { outboundPolicy })] }),
    namespace: namespace(),
  },
});
export const classes = (controllerName: string) => [
  { name: 'own', controller: controllerName, isDefault: true },
];
export const gateways = (controllerName: string): FactValue<'gateways'> => ({
  served: true,
  classes: [{ name: 'own', controller: controllerName, accepted: true }],
  gateways: [
    {
      namespace: 'gateways',
      name: 'public',
      class: 'own',
      listeners: [anyListener],
    },
  ],
});
export const strict = mesh('istio');
export const peers = (mode: string | null) =>
  mode === null ? null : { mode, source: 'istio-system/all' };
export const image = { image: { tag: '0.2.0' } };
