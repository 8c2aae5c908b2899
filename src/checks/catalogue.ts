import { apiServerChecks } from './concerns/api-server.ts';
import { backendChecks } from './concerns/backend.ts';
import { obstacleChecks } from './concerns/obstacles.ts';
import { raftChecks } from './concerns/raft.ts';
import { scalingChecks } from './concerns/scaling.ts';
import { storageChecks } from './concerns/storage.ts';
import type { Check } from './types.ts';

/** Every check, in the order of their ids. */
export const catalogue: readonly Check[] = [
  ...obstacleChecks,
  ...apiServerChecks,
  ...backendChecks,
  ...raftChecks,
  ...storageChecks,
  ...scalingChecks,
].sort((one, other) => one.id.localeCompare(other.id));
