import type { Tree } from '../../../src/values/tree.ts';
import { makePrometheus, operatorWith } from '../../support/check-facts.ts';
import type { CheckSituation } from '../../support/check-input.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';
import {
  ambientValues,
  classes,
  gateways,
  type Istio,
  istio,
  mesh,
  namespace,
  object,
  peers,
  revision,
  service,
  strict,
} from '../../support/mesh-situations.ts';

const ingress = (className?: string) =>
  object('Ingress', className ? { ingressClassName: className } : {});
const route = object('HTTPRoute', { parentRefs: [{ name: 'public', namespace: 'gateways' }] });
const prometheus = (parts: Partial<Istio['revisions'][number]>): CheckSituation => ({
  values: mesh('istio', {}, { metrics: { enabled: true } }),
  facts: { istio: istio({ revisions: [revision('default', parts)] }), namespace: namespace() },
});
const leftToMesh = { peerAuthentication: { mtls: 'UNSET' } };
const inherited = (mode: string | null, prometheusMerge = true): CheckSituation => ({
  values: mesh('istio', leftToMesh, { metrics: { enabled: true } }),
  facts: {
    istio: istio({ revisions: [revision('default', { prometheusMerge })], peers: peers(mode) }),
    namespace: namespace(),
  },
});
const openTo = (mode: string | null): CheckSituation => ({
  values: mesh('istio', { peerAuthentication: { enabled: false } }),
  objects: [service('NodePort')],
  facts: { istio: istio({ peers: peers(mode) }) },
});
const ambientScrape = (labels: Record<string, string>, inner: Tree = {}): CheckSituation => ({
  values: { ...ambientValues(inner), metrics: { enabled: true } },
  facts: inner.peerAuthentication
    ? {}
    : {
        istio: istio({ ambient: true, cni: true }),
        namespace: namespace(),
        namespaces: { monitoring: labels },
        prometheusOperator: operatorWith(makePrometheus({ name: 'k8s' })),
      },
});

const table: readonly Row[] = [
  ['XV-504', 'D50: merged', prometheus({}), ['pass']],
  ['XV-504', 'D50: not merged', prometheus({ prometheusMerge: false }), ['warn']],
  ['XV-504', 'D50: outside', prometheus({ controller: null }), ['unknown']],
  ['XV-504', 'D50: the mesh is strict', inherited('STRICT', false), ['warn']],
  ['XV-504', 'D50: the mesh is strict, merged', inherited('STRICT'), ['pass']],
  ['XV-504', 'D50: the mesh is permissive', inherited('PERMISSIVE', false), ['pass']],
  ['XV-504', 'D50: nobody may see the mesh', inherited(null, false), ['unknown']],
  ['XV-504', 'D50: ambient, Prometheus outside', ambientScrape({}), ['warn']],
  [
    'XV-504',
    'D50: ambient, Prometheus inside',
    ambientScrape({ 'istio.io/dataplane-mode': 'ambient' }),
    ['pass'],
  ],
  [
    'XV-504',
    'D50: ambient, permissive',
    ambientScrape({}, { peerAuthentication: { mtls: 'PERMISSIVE' } }),
    [],
  ],
  ['XV-504', 'no metrics', { values: mesh('istio', {}, { metrics: { enabled: false } }) }, []],
  ['XV-505', 'D51: no way in', { values: strict, objects: [service('ClusterIP')] }, ['pass']],
  [
    'XV-505',
    'D51: load balancer',
    { values: strict, objects: [service('LoadBalancer')] },
    ['fail'],
  ],
  ['XV-505', 'D51: the mesh is strict', openTo('STRICT'), ['fail']],
  ['XV-505', 'D51: the mesh is permissive', openTo('PERMISSIVE'), ['pass']],
  ['XV-505', 'D51: nobody may see the mesh', openTo(null), ['unknown']],
  [
    'XV-505',
    'D51: the port is an exception',
    {
      values: mesh('istio', {
        peerAuthentication: { portLevelMtls: { '8080': { mode: 'PERMISSIVE' } } },
      }),
      objects: [service('NodePort')],
    },
    [],
  ],
  ['XV-505', 'D51: node port', { values: strict, objects: [service('NodePort')] }, ['fail']],
  [
    'XV-505',
    'D51: another ingress controller',
    { values: strict, objects: [ingress()], facts: { ingressClasses: classes('traefik.io/x') } },
    ['warn'],
  ],
  [
    'XV-505',
    'D51: its own ingress controller',
    {
      values: strict,
      objects: [ingress('own')],
      facts: { ingressClasses: classes('istio.io/ingress-controller') },
    },
    ['pass'],
  ],
  [
    'XV-505',
    'D51: its own Gateway',
    {
      values: strict,
      objects: [route],
      facts: { gateways: gateways('istio.io/gateway-controller') },
    },
    ['pass'],
  ],
  [
    'XV-505',
    'D51: Gateway of another',
    { values: strict, objects: [route], facts: { gateways: gateways('example.com/x') } },
    ['warn'],
  ],
];

judgeTable(table);
