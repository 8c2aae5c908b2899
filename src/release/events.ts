import type { Problem } from '../errors.ts';
import type { ReleasePlan } from './plan/types.ts';
import type { Target } from './target.ts';

export interface PodState {
  readonly name: string;
  /** ready, starting, pending, failing, terminating */
  readonly state: 'ready' | 'starting' | 'pending' | 'failing' | 'terminating';
  /** A few words: "image being pulled", "CrashLoopBackOff, 3 restarts". */
  readonly reason: string;
  readonly node?: string;
  readonly restarts: number;
  readonly ageSeconds: number;
}

export interface ClaimState {
  readonly name: string;
  readonly phase: string;
  readonly size: string;
  readonly storageClass: string;
}

/** A cause that will not heal by waiting, with what proves it. */
export interface Diagnosis {
  readonly cause:
    | 'image-pull'
    | 'crash-loop'
    | 'out-of-memory'
    | 'unschedulable'
    | 'unbound-claim'
    | 'pods-refused'
    | 'gone'
    | 'config'
    | 'not-ready'
    | 'unknown';
  /** Kind and name: "Pod xerv-2". */
  readonly object: string;
  /** One sentence. */
  readonly message: string;
  /** Lines quoted from the cluster: events, statuses, log lines; secrets masked. */
  readonly evidence: readonly string[];
  readonly next: string;
}

/** What install, upgrade and uninstall yield; text, NDJSON and later screens draw from it. */
export type ReleaseEvent =
  | { readonly type: 'target'; readonly target: Target; readonly action: Action }
  | {
      /** What is about to be consented to; secrets are masked. */
      readonly type: 'plan';
      readonly plan: ReleasePlan;
    }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning'; readonly message: string }
  | { readonly type: 'step'; readonly step: string; readonly state: 'started' | 'done' }
  | {
      readonly type: 'rollout';
      readonly ready: number;
      readonly wanted: number;
      readonly pods: readonly PodState[];
      readonly claims: readonly ClaimState[];
      readonly elapsedSeconds: number;
    }
  | { readonly type: 'removed'; readonly object: string }
  | { readonly type: 'kept'; readonly object: string; readonly why: string }
  | {
      readonly type: 'outcome';
      readonly outcome: 'done' | 'failed' | 'cancelled';
      readonly message: string;
      /** What the cluster holds now, one sentence. */
      readonly state: string;
      readonly diagnoses: readonly Diagnosis[];
      readonly problems: readonly Problem[];
      readonly next: readonly string[];
    };

export type Action = 'install' | 'upgrade' | 'rollback' | 'uninstall';
