import type { CheckId } from './types.ts';

/** Who sees to it that a rule between choices is kept. */
export type RuleOwner =
  | { readonly check: CheckId }
  /** The chart does it by itself, or refuses what can never work. */
  | { readonly chart: 'does' | 'refuses' }
  /** The values' schema lets nothing else through. */
  | { readonly schema: true }
  /** The program ends before anything is asked: without a helm that works nothing can be judged. */
  | { readonly program: true };

export interface Rule {
  readonly id: `D${string}`;
  /** When it matters. */
  readonly when: string;
  /** At least one. */
  readonly owners: readonly RuleOwner[];
}

const check = (id: CheckId): RuleOwner => ({ check: id });
const does: RuleOwner = { chart: 'does' };
const refuses: RuleOwner = { chart: 'refuses' };

/** The rules between choices, and who keeps each. Numbers are never used again. */
export const rules: readonly Rule[] = [
  { id: 'D01', when: 'memory and more than one replica', owners: [check('XV-203')] },
  { id: 'D02', when: 'memory and scale-to-zero', owners: [check('XV-204'), does] },
  { id: 'D03', when: 'raft and an even number of replicas', owners: [check('XV-205')] },
  { id: 'D04', when: 'raft and one replica', owners: [check('XV-205')] },
  { id: 'D05', when: 'raft and an autoscaler', owners: [check('XV-401'), does] },
  { id: 'D06', when: 'raft and heartbeats too slow for the election', owners: [refuses] },
  {
    id: 'D07',
    when: 'raft without a StorageClass that makes volumes',
    owners: [check('XV-301'), check('XV-308')],
  },
  { id: 'D08', when: 'raft with an access mode for many writers', owners: [check('XV-302')] },
  { id: 'D09', when: 'a budget that breaks the quorum of raft', owners: [check('XV-805'), does] },
  { id: 'D10', when: 'a budget that lets no pod go', owners: [check('XV-806'), refuses] },
  { id: 'D11', when: 'pods that must be apart, and too few nodes', owners: [check('XV-801')] },
  { id: 'D12', when: 'anti-affinity against other releases', owners: [check('XV-807'), does] },
  { id: 'D13', when: 'several raft members come or go at once', owners: [check('XV-209')] },
  { id: 'D14', when: 'claim template of a live StatefulSet changed', owners: [check('XV-903')] },
  { id: 'D15', when: 'a volume that cannot grow', owners: [check('XV-307')] },
  { id: 'D16', when: 'another backend on a live release', owners: [check('XV-206')] },
  { id: 'D17', when: 'redis or nats without a usable URL', owners: [refuses] },
  { id: 'D18', when: 'URL with a password', owners: [check('XV-207'), does] },
  { id: 'D19', when: 'encrypted connection and a private authority', owners: [check('XV-208')] },
  { id: 'D20', when: 'several replicas and a volume for one', owners: [check('XV-303'), does] },
  { id: 'D21', when: 'a rolling update and a volume for one', owners: [check('XV-304'), does] },
  { id: 'D22', when: 'production that keeps nothing', owners: [check('XV-305')] },
  { id: 'D23', when: 'traces that fill the volume', owners: [check('XV-306')] },
  { id: 'D24', when: 'HPA and KEDA both', owners: [refuses] },
  {
    id: 'D25',
    when: 'an autoscaler and replicas in the manifest',
    owners: [check('XV-423'), does],
  },
  { id: 'D26', when: 'minimum above maximum, or replicas outside', owners: [check('XV-403')] },
  { id: 'D27', when: 'scaling on a resource that is not requested', owners: [check('XV-404')] },
  { id: 'D28', when: 'HPA and VPA on the same resource', owners: [check('XV-420'), does] },
  { id: 'D29', when: 'custom metrics that nobody serves', owners: [check('XV-412')] },
  { id: 'D30', when: 'KEDA without a trigger', owners: [refuses] },
  { id: 'D31', when: 'scale-to-zero that nothing can wake', owners: [check('XV-407'), does] },
  { id: 'D32', when: 'scale-to-zero on CPU and memory only', owners: [check('XV-407'), does] },
  { id: 'D33', when: 'scale-to-zero and callers', owners: [check('XV-408')] },
  { id: 'D34', when: 'KEDA query with more than one result', owners: [check('XV-414'), does] },
  { id: 'D35', when: 'what is scaled on is not collected', owners: [check('XV-605')] },
  { id: 'D36', when: 'fallback above the maximum', owners: [check('XV-411'), does] },
  { id: 'D37', when: 'external metrics answered by another than KEDA', owners: [check('XV-409')] },
  { id: 'D38', when: 'waiting for a volume that no pod asks for', owners: [does] },
  { id: 'D39', when: 'VPA mode Auto', owners: [check('XV-417'), does] },
  {
    id: 'D40',
    when: 'VPA and fewer replicas than the updater wants',
    owners: [check('XV-418'), does],
  },
  { id: 'D41', when: 'VPA and the proxies of a mesh', owners: [check('XV-421'), does] },
  { id: 'D42', when: 'VPA replaces raft members or moves volumes', owners: [check('XV-419')] },
  { id: 'D43', when: 'VPA maximum above what there is', owners: [check('XV-804')] },
  {
    id: 'D44',
    when: 'a mesh without a provider, or with an unknown one',
    owners: [refuses, { schema: true }],
  },
  {
    id: 'D45',
    when: 'a mesh that is absent or does not work',
    owners: [check('XV-501'), check('XV-520')],
  },
  { id: 'D46', when: 'two meshes that want the same pods', owners: [check('XV-540')] },
  {
    id: 'D47',
    when: 'callers that speak TLS to pods without a sidecar',
    owners: [check('XV-502'), does],
  },
  {
    id: 'D48',
    when: 'a namespace that wants no sidecar, or another one',
    owners: [check('XV-502')],
  },
  { id: 'D49', when: 'ambient mode and sidecars', owners: [check('XV-503'), does] },
  {
    id: 'D50',
    when: 'STRICT and a Prometheus outside of the mesh',
    owners: [check('XV-504'), does],
  },
  {
    id: 'D51',
    when: 'clients outside of a mesh that refuses them',
    owners: [check('XV-505'), check('XV-522')],
  },
  { id: 'D52', when: 'a proxy before NATS', owners: [check('XV-542'), does] },
  { id: 'D53', when: 'a mesh that lets nothing out', owners: [check('XV-507'), does] },
  { id: 'D54', when: 'gateways without a host name', owners: [check('XV-508'), does] },
  { id: 'D55', when: 'retries of what must not be repeated', owners: [does] },
  { id: 'D56', when: 'all clients behind one address', owners: [check('XV-705')] },
  { id: 'D57', when: 'Pod Security and the init container of a mesh', owners: [check('XV-541')] },
  { id: 'D58', when: 'a canary where nothing splits traffic', owners: [check('XV-523'), does] },
  { id: 'D59', when: 'a canary that cannot answer its share', owners: [check('XV-524')] },
  { id: 'D60', when: 'failover between zones without outlier detection', owners: [does] },
  {
    id: 'D61',
    when: 'another domain of the cluster',
    owners: [check('XV-109'), check('XV-521')],
  },
  { id: 'D62', when: 'NetworkPolicy and a mesh', owners: [check('XV-710'), does] },
  { id: 'D63', when: 'NetworkPolicy and servers outside', owners: [check('XV-711'), does] },
  { id: 'D64', when: 'NetworkPolicy and who must be let in', owners: [check('XV-712'), does] },
  { id: 'D65', when: 'NetworkPolicy by labels that no namespace has', owners: [check('XV-713')] },
  { id: 'D66', when: 'NetworkPolicy that nobody enforces', owners: [check('XV-714')] },
  { id: 'D67', when: 'NetworkPolicy and the DNS of the cluster', owners: [does] },
  { id: 'D68', when: 'monitors or alerts whose kinds are not served', owners: [check('XV-601')] },
  { id: 'D69', when: 'monitors or alerts that no Prometheus selects', owners: [check('XV-603')] },
  { id: 'D70', when: 'alerts without metrics', owners: [check('XV-604')] },
  { id: 'D71', when: 'raft alerts without raft', owners: [does] },
  { id: 'D72', when: 'dashboards where no sidecar looks', owners: [check('XV-608')] },
  { id: 'D73', when: 'tracing without a usable collector', owners: [check('XV-611'), does] },
  { id: 'D74', when: 'extraEnv repeats a variable of the chart', owners: [check('XV-614'), does] },
  { id: 'D75', when: 'two ports of one number', owners: [refuses] },
  { id: 'D76', when: 'a low port without the right to it', owners: [check('XV-808')] },
  {
    id: 'D77',
    when: 'a way in from outside, and nobody who asks who calls',
    owners: [check('XV-701')],
  },
  {
    id: 'D78',
    when: 'Ingress class or certificate that is not there',
    owners: [check('XV-702'), check('XV-703')],
  },
  {
    id: 'D79',
    when: 'no room in nodes, quota or limit ranges',
    owners: [check('XV-309'), check('XV-801'), check('XV-802'), check('XV-803')],
  },
  { id: 'D80', when: 'OpenShift and fixed ids', owners: [check('XV-809'), does] },
  {
    id: 'D81',
    when: 'nodes that cannot run the image',
    owners: [check('XV-810'), check('XV-811'), { schema: true }],
  },
  { id: 'D82', when: 'names that are too long', owners: [does] },
  { id: 'D83', when: 'objects of the same name of somebody else', owners: [check('XV-902')] },
  {
    id: 'D84',
    when: 'Kubernetes or helm too old',
    owners: [check('XV-106'), check('XV-108'), { program: true }],
  },
];
