import type { Target } from '../target.ts';

/** A field that would differ; secrets are masked. */
export interface FieldChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Such as `spec.template.spec.containers[xerv].image`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export const objectActions = [
  'replaced',
  'removed',
  'created',
  'changed',
  'kept',
  'unchanged',
  'unknown',
] as const;
export type ObjectAction = (typeof objectActions)[number];

/** What becomes of one object. */
export interface PlannedObject {
  /** `Kind/name`. */
  readonly object: string;
  readonly action: ObjectAction;
  readonly changes: readonly FieldChange[];
  /** Why, where the action does not tell. */
  readonly because?: string;
}

/** What becomes of a claim, and so of the data in it. */
export interface PlannedData {
  readonly claim: string;
  readonly size: string;
  /** `kept`: no longer used; `untouched`: the user's own. */
  readonly fate: 'used' | 'created' | 'kept' | 'untouched' | 'deleted';
  readonly message: string;
}

/** Pods that stop or restart. */
export interface Disruption {
  readonly workload: string;
  /** Pods that are stopped, for good or to be started anew. */
  readonly restarts: number;
  readonly atOnce: number;
  readonly message: string;
}

export interface PlanStep {
  readonly step: string;
  readonly why: string;
}

/** Everything that a change would do. */
export interface ReleasePlan {
  readonly action: 'install' | 'upgrade' | 'rollback';
  readonly target: Target;
  readonly objects: readonly PlannedObject[];
  readonly data: readonly PlannedData[];
  readonly disruption: readonly Disruption[];
  readonly steps: readonly PlanStep[];
}
