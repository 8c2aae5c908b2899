import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from './terminal.ts';

/**
 * Holds the program's second stage back, so that the first one can be looked at.
 * @param directory of the test
 */
export function holdBack(directory: string) {
  const until = join(directory, 'go');
  return {
    env: {
      NODE_OPTIONS: `--require=${packageRoot}test/support/held-back.cjs`,
      HELD_UNTIL: until,
    },
    letGo: () => writeFile(until, ''),
  };
}
