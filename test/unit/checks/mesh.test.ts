import type { Tree } from '../../../src/values/tree.ts';
import type { CheckSituation } from '../../support/check-input.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';
import {
  istio,
  linkerd,
  mesh,
  namespace,
  noLinkerd,
  onAmbient,
  strict,
  works,
} from '../../support/mesh-situations.ts';

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
const nats: Tree = { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } };
const enforced = { 'pod-security.kubernetes.io/enforce': 'restricted' };

const table: readonly Row[] = [
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

judgeTable(table);
