import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../src/checks/remedies.ts';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { anyListener } from '../../support/check-facts.ts';
import { type CheckSituation, runCheck, statusesOf } from '../../support/check-input.ts';
import type { Row } from '../../support/check-table.ts';
import { ingress, mesh, object } from '../../support/network-situations.ts';

const balancer = object('Service', { type: 'LoadBalancer' });
const route = object('HTTPRoute', { parentRefs: [{ name: 'public' }] });
const canaryRoute = object('HTTPRoute', { parentRefs: [{ kind: 'Service', name: 'xerv' }] });
const ingressClass = (name: string, isDefault: boolean, controller = 'traefik.io/ingress') => ({
  name,
  isDefault,
  controller,
});
const byClass = (inner: Tree, ...ingressClasses: FactValue<'ingressClasses'>): CheckSituation => ({
  values: { ingress: { enabled: true, ...inner } },
  objects: [ingress],
  facts: { ingressClasses },
});
const tls = { tls: [{ secretName: 'xerv-tls' }] };
const certificate = (exists: boolean, keys: string[], inner: Tree = tls): CheckSituation => ({
  values: { ingress: { enabled: true, ...inner } },
  objects: [ingress],
  facts: { secrets: { 'xerv-tls': { exists, type: '', keys } } },
});
type Gateways = FactValue<'gateways'>;
type Listener = Gateways['gateways'][number]['listeners'][number];
const toGateway = (
  parentRefs: Tree[],
  parts: Partial<Gateways> = {},
  labels: Record<string, string> = {},
): CheckSituation => ({
  values: { httpRoute: { enabled: true, parentRefs } },
  facts: {
    namespace: { exists: true, terminating: false, conditions: [], labels },
    gateways: {
      served: true,
      classes: [{ name: 'own', controller: 'example.com/x', accepted: true }],
      gateways: [{ namespace: 'edge', name: 'public', class: 'own', listeners: [anyListener] }],
      ...parts,
    },
  },
});
const toListeners = (
  listener: Partial<Listener>,
  labels: Record<string, string> = {},
  parent: Tree = {},
) =>
  toGateway(
    [{ ...edge, ...parent }],
    {
      gateways: [
        {
          namespace: 'edge',
          name: 'public',
          class: 'own',
          listeners: [{ ...anyListener, ...listener }],
        },
      ],
    },
    labels,
  );
const bySelector = (key: string, value: string): Partial<Listener> => ({
  from: 'Selector',
  selector: { matchLabels: {}, matchExpressions: [{ key, operator: 'In', values: [value] }] },
});
const byTeam = (team: string): Partial<Listener> => ({
  from: 'Selector',
  selector: { matchLabels: { team }, matchExpressions: [] },
});
const toHost = (hostname: string, wanted: string): CheckSituation => {
  const situation = toListeners({ hostname });
  return {
    ...situation,
    values: {
      httpRoute: { ...(situation.values?.httpRoute as Tree), hostnames: [wanted] },
    },
  };
};
const edge = { name: 'public', namespace: 'edge' };

const balancerFor = (...loadBalancerSourceRanges: string[]): CheckSituation => ({
  values: { service: { type: 'LoadBalancer', loadBalancerSourceRanges } },
  objects: [balancer],
});
const rules = {
  byCaller: { from: [{ source: { namespaces: ['frontend'] } }] },
  byPath: { to: [{ operation: { paths: ['/metrics'] } }] },
  byToken: { when: [{ key: 'request.auth.claims[groups]', values: ['xerv'] }] },
};
const meshed = (action: string, ...given: Tree[]): Tree => ({
  enabled: true,
  provider: 'istio',
  istio: { authorizationPolicy: { enabled: true, action, rules: given } },
});
const authorized = (action: string, ...given: Tree[]): CheckSituation => ({
  values: { serviceMesh: meshed(action, ...given) },
  objects: [ingress],
});

const table: readonly Row[] = [
  ['XV-701', 'D77: closed', { objects: [canaryRoute] }, ['pass']],
  ['XV-701', 'D77: Ingress', { objects: [ingress] }, ['warn']],
  ['XV-701', 'D77: HTTPRoute', { objects: [route] }, ['warn']],
  ['XV-701', 'D77: load balancer', { objects: [balancer] }, ['warn']],
  ['XV-701', 'D77: known addresses', balancerFor('10.0.0.0/8'), ['pass']],
  [
    'XV-701',
    'D77: authentication',
    {
      objects: [object('Ingress', {}, { 'nginx.ingress.kubernetes.io/auth-url': 'https://auth' })],
    },
    ['pass'],
  ],
  ['XV-701', 'D77: any address', balancerFor('10.0.0.0/8', '0.0.0.0/0'), ['warn']],
  ['XV-701', 'D77: any IPv6 address', balancerFor('::/0'), ['warn']],
  ['XV-701', 'D77: Istio lets callers in by name', authorized('ALLOW', rules.byCaller), ['pass']],
  ['XV-701', 'D77: Istio lets nobody in', authorized('ALLOW'), ['pass']],
  ['XV-701', 'D77: Istio lets anybody in', authorized('ALLOW', {}), ['warn']],
  [
    'XV-701',
    'D77: Istio lets anybody in to one path',
    authorized('ALLOW', rules.byCaller, rules.byPath),
    ['warn'],
  ],
  ['XV-701', 'D77: Istio asks for a token', authorized('ALLOW', rules.byToken), ['pass']],
  [
    'XV-701',
    'D77: Istio keeps callers out by name',
    authorized('DENY', rules.byPath, rules.byCaller),
    ['pass'],
  ],
  ['XV-701', 'D77: Istio keeps one path closed', authorized('DENY', rules.byPath), ['warn']],
  ['XV-701', 'D77: Istio keeps nobody out', authorized('DENY'), ['warn']],
  ['XV-701', 'D77: Istio only takes notes', authorized('AUDIT', rules.byCaller), ['warn']],
  [
    'XV-701',
    'D77: a policy of another mesh',
    {
      ...authorized('ALLOW', rules.byCaller),
      values: { serviceMesh: { ...meshed('ALLOW', rules.byCaller), provider: 'linkerd' } },
    },
    ['warn'],
  ],
  ['XV-702', 'no Ingress', {}, []],
  ['XV-702', 'D78: default', byClass({}, ingressClass('own', true)), ['pass']],
  ['XV-702', 'D78: named', byClass({ className: 'own' }, ingressClass('own', false)), ['pass']],
  ['XV-702', 'D78: no default', byClass({}, ingressClass('own', false)), ['warn']],
  ['XV-702', 'D78: missing', byClass({ className: 'nginx' }, ingressClass('own', true)), ['warn']],
  ['XV-702', 'D78: none at all', byClass({}), ['warn']],
  [
    'XV-702',
    'D78: by annotation',
    byClass({ annotations: { 'kubernetes.io/ingress.class': 'gone' } }, ingressClass('own', true)),
    ['warn'],
  ],
  [
    'XV-702',
    'D78: ingress-nginx',
    byClass({}, ingressClass('nginx', true, 'k8s.io/ingress-nginx')),
    ['warn'],
  ],
  [
    'XV-702',
    'unseen',
    { values: { ingress: { enabled: true } }, objects: [ingress], unknown: ['ingressClasses'] },
    ['unknown'],
  ],
  ['XV-703', 'D78: there', certificate(true, ['tls.crt', 'tls.key']), ['pass']],
  ['XV-703', 'D78: missing', certificate(false, []), ['warn']],
  ['XV-703', 'D78: without a key', certificate(true, ['tls.crt']), ['warn']],
  [
    'XV-703',
    'D78: cert-manager',
    certificate(false, [], { ...tls, annotations: { 'cert-manager.io/issuer': 'own' } }),
    ['pass'],
  ],
  [
    'XV-703',
    'unseen',
    {
      values: { ingress: { enabled: true, ...tls } },
      objects: [ingress],
      unknown: ['secrets'],
    },
    ['unknown'],
  ],
  ['XV-704', 'no HTTPRoute', {}, []],
  ['XV-704', 'attached', toGateway([edge]), ['pass']],
  ['XV-704', 'not served', toGateway([edge], { served: false }), ['fail']],
  ['XV-704', 'names none', toGateway([]), ['warn']],
  ['XV-704', 'none to name', toGateway([], { gateways: [] }), ['warn']],
  ['XV-704', 'missing', toGateway([{ name: 'public' }]), ['warn']],
  ['XV-704', 'no controller', toGateway([edge], { classes: [] }), ['warn']],
  ['XV-704', 'of its own namespace', toListeners({ from: 'Same' }), ['warn']],
  ['XV-704', 'from no namespace', toListeners({ from: 'None' }), ['warn']],
  ['XV-704', 'of our label', toListeners(byTeam('shop'), { team: 'shop' }), ['pass']],
  [
    'XV-704',
    'of our name',
    toListeners(bySelector('kubernetes.io/metadata.name', 'xerv')),
    ['pass'],
  ],
  ['XV-704', 'of another label', toListeners(byTeam('other'), { team: 'shop' }), ['warn']],
  ['XV-704', 'of no label', toListeners({ from: 'Selector' }), ['warn']],
  ['XV-704', 'for TCP', toListeners({ protocol: 'TCP' }), ['warn']],
  ['XV-704', 'for gRPC only', toListeners({ kinds: ['GRPCRoute'] }), ['warn']],
  ['XV-704', 'for HTTP too', toListeners({ kinds: ['GRPCRoute', 'HTTPRoute'] }), ['pass']],
  ['XV-704', 'another listener', toListeners({}, {}, { sectionName: 'https' }), ['warn']],
  ['XV-704', 'the listener', toListeners({}, {}, { sectionName: 'http', port: 80 }), ['pass']],
  ['XV-704', 'another port', toListeners({}, {}, { port: 443 }), ['warn']],
  ['XV-704', 'for our host', toHost('xerv.example.com', 'xerv.example.com'), ['pass']],
  ['XV-704', 'for our domain', toHost('*.example.com', 'xerv.example.com'), ['pass']],
  ['XV-704', 'for one of our domain', toHost('xerv.example.com', '*.example.com'), ['pass']],
  ['XV-704', 'for another host', toHost('example.com', 'xerv.example.com'), ['warn']],
  ['XV-704', 'for another domain', toHost('*.example.org', 'xerv.example.com'), ['warn']],
  ['XV-705', 'D56: nothing between', { objects: [balancer] }, []],
  ['XV-705', 'D56: Istio', { values: mesh('istio') }, ['warn']],
  ['XV-705', 'D56: Linkerd', { values: mesh('linkerd') }, ['warn']],
  ['XV-705', 'D56: Ingress', { objects: [ingress] }, ['warn']],
  [
    'XV-705',
    'D56: TPROXY',
    {
      values: mesh('istio', {
        podAnnotations: { 'sidecar.istio.io/interceptionMode': 'TPROXY' },
      }),
    },
    ['pass'],
  ],
];

/** Gone with the remedy, unless something else is found then. */
const staysOpen = ['D56: Ingress'];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

test('XV-704 offers only a Gateway that takes the route', () => {
  const offered = (listener: Partial<Listener>) =>
    runCheck('XV-704', {
      ...toListeners(listener),
      values: { httpRoute: { enabled: true, parentRefs: [] } },
    })[0]?.remedies?.[0]?.changes?.[0]?.path;
  expect(offered({})).toEqual(['httpRoute', 'parentRefs']);
  expect(offered({ from: 'Same' })).toEqual(['httpRoute', 'enabled']);
});

describe('what mends them', () => {
  const mendable = table.filter(
    ([id, name, situation]) =>
      !staysOpen.includes(name) &&
      runCheck(id, situation).some(({ remedies = [] }) => remedies.some(({ changes }) => changes)),
  );
  test.each(mendable)('%s %s', (id, _, situation) => {
    const changes = runCheck(id, situation)
      .flatMap(({ remedies = [] }) => remedies)
      .find((remedy) => remedy.changes)?.changes;
    const values = applyChanges(situation.values ?? {}, changes ?? []);
    // The objects are those of before; only the values tell.
    const isOff = [values.ingress, values.httpRoute].some(
      (section) => (section as Tree | undefined)?.enabled === false,
    );
    if (!isOff)
      expect(
        statusesOf(id, { ...situation, values }).filter((one) => /fail|warn/.test(one)),
      ).toEqual([]);
  });

  test('every failure says what to do', () => {
    for (const [id, , situation] of table)
      for (const { status, message, remedies = [] } of runCheck(id, situation))
        if (status === 'fail') expect([message, remedies.length > 0]).toEqual([message, true]);
  });
});
