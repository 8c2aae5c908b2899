import type { Problem } from '../errors.ts';
import type { CommandContext } from './context.ts';
import type { Skips } from './skips.ts';

/** Reads `--skip-check ID=REASON`; see readSkips. */
export async function readLetPass({ flags }: CommandContext, problems: Problem[]): Promise<Skips> {
  if (flags.list('skip-check').length === 0) return new Map();
  // With all checks, whose names are looked up.
  const { readSkips } = await import('./read-skips.ts');
  return readSkips(flags, problems);
}
