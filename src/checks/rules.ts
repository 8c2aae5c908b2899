import type { CheckId } from './types.ts';

/** Who sees to it that a rule between choices is kept. */
export type RuleOwner =
  | { readonly check: CheckId }
  /** The chart does it by itself, or refuses what can never work. */
  | { readonly chart: 'does' | 'refuses' }
  /** The values' schema lets nothing else through. */
  | { readonly schema: true };

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
  { id: 'D07', when: 'raft without a StorageClass that makes volumes', owners: [check('XV-301')] },
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
  { id: 'D36', when: 'fallback above the maximum', owners: [check('XV-411')] },
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
  { id: 'D68', when: 'monitors or alerts whose kinds are not served', owners: [check('XV-601')] },
  { id: 'D69', when: 'monitors or alerts that no Prometheus selects', owners: [check('XV-603')] },
  { id: 'D70', when: 'alerts without metrics', owners: [check('XV-604')] },
  { id: 'D71', when: 'raft alerts without raft', owners: [does] },
  { id: 'D72', when: 'dashboards where no sidecar looks', owners: [check('XV-608')] },
  { id: 'D73', when: 'tracing without a usable collector', owners: [check('XV-611'), does] },
  { id: 'D74', when: 'extraEnv repeats a variable of the chart', owners: [check('XV-614'), does] },
  { id: 'D76', when: 'a low port without the right to it', owners: [check('XV-808')] },
  { id: 'D79', when: 'no room in nodes, quota or limit ranges', owners: [check('XV-801')] },
  { id: 'D80', when: 'OpenShift and fixed ids', owners: [check('XV-809')] },
  { id: 'D81', when: 'nodes that cannot run the image', owners: [check('XV-810')] },
  { id: 'D82', when: 'names that are too long', owners: [does] },
  { id: 'D83', when: 'objects of the same name of somebody else', owners: [check('XV-902')] },
  { id: 'D84', when: 'Kubernetes or helm too old', owners: [check('XV-106')] },
];
