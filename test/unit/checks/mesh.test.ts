import { describe, expect, test } from 'vitest';
import type { CheckId, RenderedObject } from '../../../src/checks/types.ts';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';

const mesh = (provider: 'istio' | 'linkerd', inner: Tree = {}, more: Tree = {}): Tree => ({
  serviceMesh: { enabled: true, provider, [provider]: inner },
  ...more,
});
const ambientValues = (inner: Tree = {}) => mesh('istio', { ambient: { enabled: true }, ...inner });

const controller = (name: string, ready = 1, namespace = 'istio-system') => ({
  namespace,
  name,
  image: '',
  version: '1.30.4',
  wanted: 1,
  ready,
});
type Istio = FactValue<'istio'>;
const revision = (
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
const istio = (parts: Partial<Istio> = {}): Istio => ({
  served: true,
  revisions: [revision('default')],
  tags: {},
  injectsNamespace: '',
  peers: { mode: 'PERMISSIVE', source: '' },
  ambient: false,
  cni: false,
  ...parts,
});
const noIstio = istio({ served: false, revisions: [] });
const half = istio({ revisions: [] });
const linkerdParts = ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector'];
const linkerd = (parts: Partial<FactValue<'linkerd'>> = {}): FactValue<'linkerd'> => ({
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
const noLinkerd = linkerd({ served: false, controllers: [] });
const namespace = (labels: Record<string, string> = {}) => ({
  exists: true,
  terminating: false,
  conditions: [],
  labels,
});

const object = (kind: string, spec: Tree, apiVersion = 'v1'): RenderedObject => ({
  apiVersion,
  kind,
  metadata: { name: 'xerv', namespace: 'xerv', labels: {}, annotations: {} },
  spec,
});
const virtualService = object('VirtualService', {}, 'networking.istio.io/v1');
const anyObject = object('Service', {});
const destinationRule = object('DestinationRule', {
  trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
});
const serviceProfile = object('ServiceProfile', {}, 'linkerd.io/v1alpha2');
const service = (type: string) => object('Service', { type });
const ingress = (className?: string) =>
  object('Ingress', className ? { ingressClassName: className } : {});
const route = object('HTTPRoute', { parentRefs: [{ name: 'public', namespace: 'gateways' }] });

/** What XV-502 is asked about. */
const injection = (
  labels: Record<string, string>,
  given: { istio?: Partial<Istio>; revision?: string; objects?: RenderedObject[] } = {},
): CheckSituation => ({
  values: mesh('istio', given.revision ? { injection: { revision: given.revision } } : {}),
  objects: given.objects ?? [],
  facts: { istio: istio(given.istio), namespace: namespace(labels), webhooks: [] },
});
const two = { revisions: [revision('default'), revision('1-31')], tags: { stable: '1-31' } };
const down = { controller: controller('istiod', 0) };

const onAmbient = (
  values: Tree,
  facts: Partial<Istio>,
  labels: Record<string, string> = {},
): CheckSituation => ({ values, facts: { istio: istio(facts), namespace: namespace(labels) } });
const works = { ambient: true, cni: true };

const prometheus = (parts: Partial<Istio['revisions'][number]>): CheckSituation => ({
  values: mesh('istio', {}, { metrics: { enabled: true } }),
  facts: { istio: istio({ revisions: [revision('default', parts)] }), namespace: namespace() },
});

const outside = (
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
const classes = (controllerName: string) => [
  { name: 'own', controller: controllerName, isDefault: true },
];
const gateways = (controllerName: string): FactValue<'gateways'> => ({
  served: true,
  classes: [{ name: 'own', controller: controllerName, accepted: true }],
  gateways: [
    {
      namespace: 'gateways',
      name: 'public',
      class: 'own',
      listeners: [
        {
          name: 'http',
          port: 80,
          protocol: 'HTTP',
          hostname: '',
          from: 'All',
          selector: null,
          kinds: [],
        },
      ],
    },
  ],
});
const strict = mesh('istio');
const canary = (inner: Tree, more: Tree = {}) =>
  mesh('linkerd', { trafficSplit: { enabled: true, canary: inner } }, more);
const besideAnother = (
  provider: 'istio' | 'linkerd',
  more: Tree,
  labels: Record<string, string> = {},
): CheckSituation => ({
  values: mesh(provider, {}, more),
  facts:
    provider === 'istio'
      ? { linkerd: linkerd() }
      : { istio: istio(), namespace: namespace(labels) },
});
const peers = (mode: string | null) =>
  mode === null ? null : { mode, source: 'istio-system/all' };
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
        prometheusOperator: {
          served: true,
          controllers: [],
          prometheuses: [
            {
              kind: 'Prometheus',
              namespace: 'monitoring',
              name: 'k8s',
              address: '',
              serviceMonitorSelector: null,
              serviceMonitorNamespaceSelector: null,
              podMonitorSelector: null,
              podMonitorNamespaceSelector: null,
              ruleSelector: null,
              ruleNamespaceSelector: null,
            },
          ],
        },
      },
});
const inDomain = (domains: string[], clusterDomain = 'cluster.local'): CheckSituation => ({
  values: mesh('istio', {}, { clusterDomain }),
  objects: [
    object('DestinationRule', { host: `xerv.xerv.svc.${clusterDomain}` }, 'networking.istio.io/v1'),
  ],
  facts: { domains },
});
const nats: Tree = { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } };
const raft: Tree = { dispatch: { backend: 'raft' } };
const image = { image: { tag: '0.2.0' } };
const enforced = { 'pod-security.kubernetes.io/enforce': 'restricted' };

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-501', 'another mesh', { values: mesh('linkerd') }, []],
  ['XV-501', 'D45: ready', { values: strict, facts: { istio: istio(), apis: [] } }, ['pass']],
  ['XV-501', 'D45: absent', { values: strict, facts: { istio: noIstio, apis: [] } }, ['fail']],
  ['XV-501', 'D45: kinds only', { values: strict, facts: { istio: half, apis: [] } }, ['fail']],
  [
    'XV-501',
    'D45: too old',
    { values: strict, facts: { istio: istio(), apis: [] }, objects: [virtualService] },
    ['fail'],
  ],
  [
    'XV-501',
    'D45: new enough',
    {
      values: strict,
      facts: { istio: istio(), apis: ['networking.istio.io/v1/VirtualService'] },
      objects: [virtualService],
    },
    ['pass'],
  ],
  [
    'XV-501',
    'D45: down',
    { values: strict, facts: { istio: istio({ revisions: [revision('a', down)] }), apis: [] } },
    ['fail'],
  ],
  [
    'XV-501',
    'D45: one of two down, one outside',
    {
      values: strict,
      facts: {
        istio: istio({
          revisions: [revision('a', down), revision('b', { controller: null })],
        }),
        apis: [],
      },
    },
    ['warn', 'unknown'],
  ],
  ['XV-501', 'unseen', { values: strict, unknown: ['istio'] }, ['unknown']],

  ['XV-502', 'pods ask', injection({}), ['pass']],
  ['XV-502', 'namespace asks', injection({ 'istio-injection': 'enabled' }), ['pass']],
  [
    'XV-502',
    'tag of the namespace',
    injection({ 'istio.io/rev': 'stable' }, { istio: two }),
    ['pass'],
  ],
  ['XV-502', 'revision of the pods', injection({}, { istio: two, revision: '1-31' }), ['pass']],
  [
    'XV-502',
    'D48: disabled',
    injection({ 'istio-injection': 'disabled' }, { objects: [anyObject] }),
    ['warn'],
  ],
  [
    'XV-502',
    'D47: disabled, and callers speak TLS',
    injection({ 'istio-injection': 'disabled' }, { objects: [destinationRule] }),
    ['fail'],
  ],
  [
    'XV-502',
    'D47: disabled, and callers would speak TLS, as the values say',
    injection({ 'istio-injection': 'disabled' }),
    ['fail'],
  ],
  [
    'XV-502',
    'D48: stale revision',
    injection({ 'istio.io/rev': '1-28' }, { objects: [anyObject] }),
    ['warn'],
  ],
  [
    'XV-502',
    'D48: another revision than asked for',
    injection({ 'istio-injection': 'enabled' }, { istio: two, revision: '1-31' }),
    ['warn'],
  ],
  ['XV-502', 'no such revision', injection({}, { revision: '1-28' }), ['fail']],
  [
    'XV-502',
    'no default revision',
    injection({}, { istio: { revisions: [revision('1-31')] } }),
    ['fail'],
  ],
  [
    'XV-502',
    'down',
    injection({}, { istio: { revisions: [revision('default', down)] } }),
    ['fail'],
  ],
  ['XV-502', 'no Istio', injection({}, { istio: { revisions: [] } }), ['skip']],
  [
    'XV-502',
    'tags unseen',
    {
      values: mesh('istio', { injection: { revision: 'stable' } }),
      facts: { istio: istio(), namespace: namespace() },
      unknown: ['webhooks'],
    },
    ['unknown'],
  ],
  ['XV-502', 'no sidecar wanted', { values: mesh('istio', { injection: { enabled: false } }) }, []],

  ['XV-502', 'D48: a label that names nobody', injection({ 'istio.io/rev': '' }), ['fail']],
  ['XV-503', 'sidecars', onAmbient(strict, {}), ['pass']],
  [
    'XV-503',
    'D49: sidecars in an ambient namespace',
    onAmbient(strict, works, {
      'istio.io/dataplane-mode': 'ambient',
      'istio.io/use-waypoint': 'waypoint',
    }),
    ['warn'],
  ],
  [
    'XV-503',
    'D49: a label that nobody follows',
    onAmbient(strict, {}, { 'istio.io/dataplane-mode': 'ambient' }),
    ['pass'],
  ],
  ['XV-503', 'D49: no ztunnel', onAmbient(ambientValues(), { cni: true }), ['fail']],
  ['XV-503', 'D49: no CNI', onAmbient(ambientValues(), { ambient: true }), ['fail']],
  ['XV-503', 'D49: no waypoint', onAmbient(ambientValues(), works), ['warn']],
  [
    'XV-503',
    'D49: waypoint',
    onAmbient(ambientValues(), works, { 'istio.io/use-waypoint': 'waypoint' }),
    ['pass'],
  ],
  ['XV-503', 'no Istio', onAmbient(ambientValues(), { revisions: [] }), ['skip']],
  ['XV-503', 'unseen', { values: strict, unknown: ['istio', 'namespace'] }, ['unknown']],

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

  ['XV-109', 'D61: no name in it', { values: strict, objects: [virtualService] }, []],
  [
    'XV-109',
    'D61: before anything is rendered',
    { values: strict, objects: [], facts: { domains: ['corp.example'] } },
    ['fail'],
  ],
  ['XV-109', 'D61: before that, without Istio and KEDA', { values: mesh('linkerd', {}) }, []],
  ['XV-109', 'D61: the same', inDomain(['cluster.local']), ['pass']],
  ['XV-109', 'D61: one of two', inDomain(['corp.example', 'cluster.local']), ['pass']],
  ['XV-109', 'D61: another', inDomain(['corp.example']), ['fail']],
  ['XV-109', 'D61: nobody tells', inDomain([]), ['skip']],
  ['XV-109', 'D61: unseen', { ...inDomain([]), facts: {}, unknown: ['domains'] }, ['unknown']],
  ['XV-109', 'D61: set', inDomain(['corp.example'], 'corp.example'), ['pass']],
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

  ['XV-507', 'D53: open', outside({ enabled: false }, 'ALLOW_ANY'), ['pass']],
  ['XV-507', 'D53: registered', outside({}, 'REGISTRY_ONLY'), ['pass']],
  ['XV-507', 'D53: shut', outside({ enabled: false }, 'REGISTRY_ONLY'), ['warn']],
  ['XV-507', 'D53: unseen', outside({ enabled: false }, ''), ['unknown']],
  [
    'XV-507',
    'D53: in a Secret',
    outside({}, 'REGISTRY_ONLY', { existingSecret: 'redis' }),
    ['warn'],
  ],
  [
    'XV-507',
    'D53: in the cluster',
    {
      values: mesh(
        'istio',
        {},
        { dispatch: { backend: 'redis', redis: { url: 'redis://redis' } } },
      ),
    },
    [],
  ],

  ['XV-508', 'no gateways', { values: strict }, []],
  [
    'XV-508',
    'D54: hosts',
    { values: mesh('istio', { virtualService: { gateways: ['a/b'], hosts: ['x.example.com'] } }) },
    ['pass'],
  ],
  [
    'XV-508',
    'D54: none',
    { values: mesh('istio', { virtualService: { gateways: ['a/b'] } }) },
    ['fail'],
  ],

  ['XV-520', 'another mesh', { values: strict }, []],
  [
    'XV-520',
    'D45: ready',
    { values: mesh('linkerd'), facts: { linkerd: linkerd() } },
    ['pass', 'pass', 'pass'],
  ],
  ['XV-520', 'D45: absent', { values: mesh('linkerd'), facts: { linkerd: noLinkerd } }, ['fail']],
  [
    'XV-520',
    'D45: kinds only',
    { values: mesh('linkerd'), facts: { linkerd: linkerd({ controllers: [] }) } },
    ['fail'],
  ],
  [
    'XV-520',
    'D45: injector down',
    {
      values: mesh('linkerd'),
      facts: {
        linkerd: linkerd({
          controllers: linkerdParts.map((name, index) => controller(name, index === 2 ? 0 : 1)),
        }),
      },
    },
    ['pass', 'pass', 'fail'],
  ],
  ['XV-520', 'unseen', { values: mesh('linkerd'), unknown: ['linkerd'] }, ['unknown']],
  [
    'XV-521',
    'D61: same',
    { values: mesh('linkerd'), objects: [serviceProfile], facts: { linkerd: linkerd() } },
    ['pass'],
  ],
  [
    'XV-521',
    'D61: another',
    {
      values: mesh('linkerd'),
      objects: [serviceProfile],
      facts: { linkerd: linkerd({ clusterDomain: 'corp.test' }) },
    },
    ['fail'],
  ],
  ['XV-521', 'no ServiceProfile', { values: mesh('linkerd') }, []],
  [
    'XV-521',
    'no Linkerd',
    { values: mesh('linkerd'), objects: [serviceProfile], facts: { linkerd: noLinkerd } },
    ['skip'],
  ],
  ['XV-522', 'open', { values: mesh('linkerd'), facts: { linkerd: linkerd() } }, ['pass']],
  [
    'XV-522',
    'deny',
    { values: mesh('linkerd'), facts: { linkerd: linkerd({ defaultInboundPolicy: 'deny' }) } },
    ['warn'],
  ],
  [
    'XV-522',
    'D51: mesh only, and a load balancer',
    {
      values: mesh('linkerd'),
      objects: [service('LoadBalancer')],
      facts: { linkerd: linkerd({ defaultInboundPolicy: 'all-authenticated' }) },
    },
    ['warn'],
  ],
  ['XV-522', 'no Linkerd', { values: mesh('linkerd'), facts: { linkerd: noLinkerd } }, ['skip']],

  ['XV-523', 'D58: neither', { values: canary({}), facts: { apis: [] } }, ['fail']],
  [
    'XV-523',
    'D58: HTTPRoute',
    { values: canary({}), facts: { apis: ['gateway.networking.k8s.io/v1/HTTPRoute'] } },
    ['pass'],
  ],
  [
    'XV-523',
    'D58: TrafficSplit',
    { values: canary({}), facts: { apis: ['split.smi-spec.io/v1alpha2'] } },
    ['pass'],
  ],
  ['XV-523', 'unseen', { values: canary({}), unknown: ['apis'] }, ['unknown']],
  ['XV-524', 'D59: an image of its own', { values: canary(image) }, ['pass']],
  [
    'XV-524',
    'D59: no weights',
    { values: canary({ ...image, stableWeight: 0, canaryWeight: 0 }) },
    ['fail'],
  ],
  ['XV-524', 'D59: no replicas', { values: canary({ ...image, replicas: 0 }) }, ['fail']],
  ['XV-524', 'D59: the same image', { values: canary({}) }, ['warn']],
  ['XV-524', 'D59: raft', { values: canary(image, raft) }, ['warn']],

  ['XV-540', 'D46: Istio alone', { values: strict, facts: { linkerd: linkerd() } }, ['pass']],
  [
    'XV-540',
    'D46: Linkerd too',
    { values: strict, facts: { linkerd: linkerd({ injectsNamespace: true }) } },
    ['fail'],
  ],
  [
    'XV-540',
    'D46: Linkerd too, by the pods',
    besideAnother('istio', { podAnnotations: { 'linkerd.io/inject': 'enabled' } }),
    ['fail'],
  ],
  [
    'XV-540',
    'D46: by the pods, of a mesh that is not there',
    {
      values: mesh('istio', {}, { podAnnotations: { 'linkerd.io/inject': 'enabled' } }),
      facts: { linkerd: noLinkerd },
    },
    ['pass'],
  ],
  [
    'XV-540',
    'D46: Istio too, by the pods',
    besideAnother('linkerd', { podLabels: { 'sidecar.istio.io/inject': 'true' } }),
    ['fail'],
  ],
  [
    'XV-540',
    'D46: Istio too, by a revision of the pods',
    besideAnother('linkerd', { podLabels: { 'istio.io/rev': '1-31' } }),
    ['fail'],
  ],
  [
    'XV-540',
    'D46: by the pods, in a namespace that wants none',
    besideAnother(
      'linkerd',
      { podLabels: { 'sidecar.istio.io/inject': 'true' } },
      { 'istio-injection': 'disabled' },
    ),
    ['pass'],
  ],
  [
    'XV-540',
    'D46: Linkerd alone',
    { values: mesh('linkerd'), facts: { istio: istio(), namespace: namespace() } },
    ['pass'],
  ],
  [
    'XV-540',
    'D46: Istio too',
    {
      values: mesh('linkerd'),
      facts: { istio: istio({ injectsNamespace: 'default' }), namespace: namespace() },
    },
    ['fail'],
  ],
  [
    'XV-540',
    'D46: ambient too',
    {
      values: mesh('linkerd'),
      facts: {
        istio: istio(works),
        namespace: namespace({ 'istio.io/dataplane-mode': 'ambient' }),
      },
    },
    ['fail'],
  ],
  ['XV-540', 'unseen', { values: strict, unknown: ['linkerd'] }, ['unknown']],

  ['XV-541', 'D57: privileged', onAmbient(strict, {}), ['pass']],
  ['XV-541', 'D57: restricted', onAmbient(strict, {}, enforced), ['fail']],
  ['XV-541', 'D57: with the plugin', onAmbient(strict, { cni: true }, enforced), ['pass']],
  ['XV-541', 'no Istio', onAmbient(strict, { served: false }, enforced), ['skip']],
  [
    'XV-541',
    'D57: Linkerd',
    { values: mesh('linkerd'), facts: { linkerd: linkerd(), namespace: namespace(enforced) } },
    ['fail'],
  ],
  ['XV-541', 'unseen', { values: strict, unknown: ['istio', 'namespace'] }, ['unknown']],

  ['XV-542', 'D52: around', { values: mesh('istio', {}, nats) }, ['pass']],
  [
    'XV-542',
    'D52: through',
    { values: mesh('linkerd', { injection: { bypassNats: false } }, nats) },
    ['warn'],
  ],
  ['XV-542', 'no NATS', { values: strict }, []],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

test('every check of a mesh is in the table with more than one outcome', () => {
  const outcomes = new Map<string, Set<string>>();
  for (const [id, , , expected] of table)
    outcomes.set(id, new Set([...(outcomes.get(id) ?? []), ...expected]));
  for (const [id, seen] of outcomes) expect([id, seen.size > 1]).toEqual([id, true]);
});

describe('what mends them', () => {
  const mendable = table.filter(([id, , situation]) =>
    runCheck(id, situation).some(({ remedies = [] }) => remedies.some(({ changes }) => changes)),
  );
  test.each(mendable)('%s %s', (id, _, situation) => {
    const { values = {} } = situation;
    const found = runCheck(id, situation).find(({ remedies = [] }) =>
      remedies.some(({ changes }) => changes),
    );
    const mended = { ...situation, values: mend(found, values) };
    expect(
      statusesOf(id, mended).filter((status) => status === 'fail' || status === 'warn'),
    ).toEqual([]);
  });

  test('every failure says what to do', () => {
    for (const [id, , situation] of table)
      for (const { status, message, remedies = [] } of runCheck(id, situation))
        if (status === 'fail') expect([message, remedies.length > 0]).toEqual([message, true]);
  });
});
