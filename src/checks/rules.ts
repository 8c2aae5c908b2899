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
  { id: 'D07', when: 'raft without a StorageClass that makes volumes', owners: [check('XV-301')] },
  { id: 'D08', when: 'raft with an access mode for many writers', owners: [check('XV-302')] },
  { id: 'D14', when: 'claim template of a live StatefulSet changed', owners: [check('XV-903')] },
  { id: 'D17', when: 'redis or nats without a usable URL', owners: [refuses] },
  { id: 'D18', when: 'URL with a password', owners: [does] },
  { id: 'D83', when: 'objects of the same name of somebody else', owners: [check('XV-902')] },
];
