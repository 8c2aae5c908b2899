import type { CommandName } from '../cli/command-table.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';

export type Command = (context: CommandContext) => Promise<ExitCode>;

/** The wizard is no command of its own: it opens where there is somebody to answer it. */
export const loadWizard = async (): Promise<Command> => (await import('./wizard/wizard.ts')).wizard;

/** How to load each command: nothing of a command is loaded before it is known. */
export const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  install: async () => (await import('./install.ts')).install,
  upgrade: async () => (await import('./upgrade.ts')).upgrade,
  uninstall: async () => (await import('./uninstall.ts')).uninstall,
  check: async () => (await import('./check.ts')).check,
  plan: async () => (await import('./plan.ts')).plan,
  explain: async () => (await import('./explain.ts')).explain,
  status: async () => (await import('./status.ts')).status,
  render: async () => (await import('./render.ts')).render,
  presets: async () => (await import('./presets.ts')).presets,
  completion: async () => (await import('./completion.ts')).completion,
};
