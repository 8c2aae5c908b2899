import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type CompletedCommand, completedCommands, type KnownNames } from './model.ts';
import { powershellScript } from './powershell.ts';
import { zshScript } from './zsh.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

const scripts: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** What a shell has to read so that it completes commands, flags and their values. */
export function completionScript(shell: Shell, known: Omit<KnownNames, 'shells'>): string {
  return scripts[shell](completedCommands({ ...known, shells }));
}
