import type { Environment } from '../cluster/child-environment.ts';

/** Where an invocation runs. */
export interface Surroundings {
  readonly env: Environment;
  readonly homeDirectory: string;
  readonly packageRoot: string;
}
