import type { ExitCode } from '../exit-codes.ts';
import { changeRelease } from './change-release.ts';
import type { CommandContext } from './context.ts';

/** `install`: what the presets, files and flags say is what will be; or what a saved plan says. */
export async function install(context: CommandContext): Promise<ExitCode> {
  const saved = context.flags.text('plan');
  if (saved === undefined) return changeRelease(context, 'install');
  const { installPlan } = await import('./install-plan.ts');
  return installPlan(context, saved);
}
