import type { CheckId, Status } from '../../../../src/checks/types.ts';
import type { Tree } from '../../../../src/values/tree.ts';

/** What the checks are to say of values on a cluster that was recorded. */
export interface Situation {
  /** Name of the recording: test/fixtures/facts. */
  readonly on: string;
  readonly what: string;
  /** Others than it was recorded with: then nobody asked the API server about them. */
  readonly values?: Tree;
  readonly live?: Tree;
  readonly target?: { readonly namespace?: string; readonly context?: string };
  readonly helm?: string;
  readonly says: Readonly<Partial<Record<CheckId, readonly Status[]>>>;
}
