import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { CheckSituation } from '../../support/check-input.ts';
import { judgeVerdicts } from '../../support/check-table.ts';
import { object } from '../../support/network-situations.ts';

const webhook = (
  parts: Partial<FactValue<'webhooks'>[number]> = {},
): FactValue<'webhooks'>[number] => ({
  configuration: 'guard',
  name: 'guard.example.com',
  mutating: false,
  failurePolicy: 'Fail',
  sideEffects: 'None',
  service: 'guard/guard',
  reachable: false,
  resources: ['apps/deployments'],
  matchesNamespace: true,
  objectSelector: '',
  caBundle: true,
  ...parts,
});
const deployment = object('Deployment', {
  template: { metadata: { labels: { 'sidecar.istio.io/inject': 'true' } } },
});
const asked = (parts: Partial<FactValue<'webhooks'>[number]> = {}): CheckSituation => ({
  objects: [deployment],
  facts: { webhooks: [webhook(parts)] },
});

judgeVerdicts([
  ['XV-107', 'none', { facts: { webhooks: [] } }, ['pass']],
  ['XV-107', 'dead', asked(), ['fail']],
  ['XV-107', 'dead, and about other things', asked({ resources: ['batch/jobs'] }), ['pass']],
  ['XV-107', 'dead, and about the pods’ status', asked({ resources: ['/pods/status'] }), ['pass']],
  ['XV-107', 'dead, and about all', asked({ resources: ['*/*'] }), ['fail']],
  ['XV-107', 'dead, and elsewhere', asked({ matchesNamespace: false }), ['pass']],
  ['XV-107', 'dead, and may fail', asked({ failurePolicy: 'Ignore' }), ['pass']],
  ['XV-107', 'alive', asked({ reachable: true }), ['pass']],
  ['XV-107', 'alive, and not trusted', asked({ reachable: true, caBundle: false }), ['warn']],
  ['XV-107', 'somewhere else', asked({ service: 'https://x', reachable: null }), ['pass']],
  ['XV-107', 'not seen', asked({ reachable: null }), ['unknown']],
  ['XV-107', 'dead, maybe not asked', asked({ matchesNamespace: null }), ['unknown']],
  [
    'XV-107',
    'dead, and meant for such pods',
    asked({
      resources: ['/pods'],
      objectSelector: 'sidecar.istio.io/inject in (true,yes),!istio.io/rev',
    }),
    ['fail'],
  ],
  [
    'XV-107',
    'dead, and meant for other pods',
    asked({ resources: ['/pods'], objectSelector: 'sidecar.istio.io/inject notin (true)' }),
    ['pass'],
  ],
  ['XV-107', 'forbidden', { unknown: ['webhooks'] }, ['unknown']],
]);
