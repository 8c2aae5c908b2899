import type { CheckSituation } from '../../support/check-input.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';
import {
  ambientValues,
  down,
  injection,
  istio,
  mesh,
  namespace,
  object,
  onAmbient,
  outside,
  revision,
  strict,
  works,
} from '../../support/mesh-situations.ts';

const noIstio = istio({ served: false, revisions: [] });
const half = istio({ revisions: [] });
const virtualService = object('VirtualService', {}, 'networking.istio.io/v1');
const anyObject = object('Service', {});
const destinationRule = object('DestinationRule', {
  trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
});
const two = { revisions: [revision('default'), revision('1-31')], tags: { stable: '1-31' } };
const inDomain = (domains: string[], clusterDomain = 'cluster.local'): CheckSituation => ({
  values: mesh('istio', {}, { clusterDomain }),
  objects: [
    object('DestinationRule', { host: `xerv.xerv.svc.${clusterDomain}` }, 'networking.istio.io/v1'),
  ],
  facts: { domains },
});

const table: readonly Row[] = [
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
];

judgeTable(table);
