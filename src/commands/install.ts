import type { ExitCode } from '../exit-codes.ts';
import { changeRelease } from './change-release.ts';
import type { CommandContext } from './context.ts';

/** `install`: what the presets, files and flags say is what will be. */
export function install(context: CommandContext): Promise<ExitCode> {
  return changeRelease(context, 'install');
}
