import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';
export async function uninstall(_: CommandContext): Promise<ExitCode> {
  return exitCodes.done;
}
