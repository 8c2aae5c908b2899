import type { UninstallPlan } from '../../release/plan-uninstall.ts';
import type { RollbackPlan } from '../../release/types.ts';
import type { Prepared } from '../prepare.ts';
import type { Session } from '../session.ts';
import type { OfflinePlan } from './offline-plan.ts';

/** What was reviewed, and is carried out unchanged once it is consented to. */
export type KeptPlan =
  | (Seen & { readonly kind: 'release'; readonly prepared: Prepared })
  | (Seen & { readonly kind: 'rollback'; readonly session: Session; readonly plan: RollbackPlan })
  | (Seen & { readonly kind: 'uninstall'; readonly session: Session; readonly plan: UninstallPlan })
  | { readonly kind: 'offline'; readonly plan: OfflinePlan };

interface Seen {
  /** When the cluster was looked at for it, in milliseconds as `Date.now` has them. */
  readonly seenAt: number;
}

/** The plans of this run by the id under which the wizard knows them. */
export type KeptPlans = Map<string, KeptPlan>;
