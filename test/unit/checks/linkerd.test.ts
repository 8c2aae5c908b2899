import type { Tree } from '../../../src/values/tree.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';
import {
  controller,
  image,
  linkerd,
  linkerdParts,
  mesh,
  noLinkerd,
  object,
  service,
  strict,
} from '../../support/mesh-situations.ts';

const serviceProfile = object('ServiceProfile', {}, 'linkerd.io/v1alpha2');
const canary = (inner: Tree, more: Tree = {}) =>
  mesh('linkerd', { trafficSplit: { enabled: true, canary: inner } }, more);
const raft: Tree = { dispatch: { backend: 'raft' } };

const table: readonly Row[] = [
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
  [
    'XV-524',
    'D59: nobody behind the stable share',
    { values: canary(image, { replicaCount: 0 }) },
    ['fail'],
  ],
  [
    'XV-524',
    'all to the canary, and no stable workload',
    { values: canary({ ...image, stableWeight: 0 }, { replicaCount: 0 }) },
    ['pass'],
  ],
  ['XV-524', 'D59: no image, so the stable one', { values: canary({}) }, ['warn']],
  [
    'XV-524',
    'D59: the stable image by name',
    { values: canary(image, { image: { tag: '0.2.0' } }) },
    ['warn'],
  ],
  [
    'XV-524',
    'D59: the tag of a stable image that has a digest',
    { values: canary(image, { image: { tag: '0.2.0', digest: `sha256:${'0'.repeat(64)}` } }) },
    ['pass'],
  ],
  ['XV-524', 'D59: raft', { values: canary(image, raft) }, ['warn']],
];

judgeTable(table);
