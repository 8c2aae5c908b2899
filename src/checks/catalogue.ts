import { obstacleChecks } from './concerns/obstacles.ts';
import { storageChecks } from './concerns/storage.ts';
import type { Check } from './types.ts';

/** Every check, in the order of their ids. */
export const catalogue: readonly Check[] = [...obstacleChecks, ...storageChecks].sort(
  (one, other) => one.id.localeCompare(other.id),
);
