import type { ExitCode } from '../exit-codes.ts';
import { changeRelease } from './change-release.ts';
import type { CommandContext } from './context.ts';

/** `upgrade`: the live values, and what is given on top of them. */
export function upgrade(context: CommandContext): Promise<ExitCode> {
  return changeRelease(context, 'upgrade');
}
