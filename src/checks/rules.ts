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
  { id: 'D13', when: 'several raft members come or go at once', owners: [check('XV-209')] },
  { id: 'D14', when: 'claim template of a live StatefulSet changed', owners: [check('XV-903')] },
  { id: 'D16', when: 'another backend on a live release', owners: [check('XV-206')] },
  { id: 'D17', when: 'redis or nats without a usable URL', owners: [refuses] },
  { id: 'D18', when: 'URL with a password', owners: [check('XV-207'), does] },
  { id: 'D19', when: 'encrypted connection and a private authority', owners: [check('XV-208')] },
  { id: 'D24', when: 'HPA and KEDA both', owners: [refuses] },
  { id: 'D25', when: 'an autoscaler and replicas in the manifest', owners: [does] },
  { id: 'D26', when: 'minimum above maximum, or replicas outside', owners: [check('XV-403')] },
  { id: 'D27', when: 'scaling on a resource that is not requested', owners: [check('XV-404')] },
  { id: 'D28', when: 'HPA and VPA on the same resource', owners: [does] },
  { id: 'D30', when: 'KEDA without a trigger', owners: [refuses] },
  { id: 'D31', when: 'scale-to-zero that nothing can wake', owners: [check('XV-407'), does] },
  { id: 'D32', when: 'scale-to-zero on CPU and memory only', owners: [check('XV-407'), does] },
  { id: 'D33', when: 'scale-to-zero and callers', owners: [check('XV-408')] },
  { id: 'D34', when: 'KEDA query with more than one result', owners: [does] },
  { id: 'D36', when: 'fallback above the maximum', owners: [check('XV-411')] },
  { id: 'D83', when: 'objects of the same name of somebody else', owners: [check('XV-902')] },
];
