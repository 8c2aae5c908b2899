import { completionScript, shells } from '../cli/completion/scripts.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { suggest } from '../suggest.ts';
import { builtCheckIds } from './built-data.ts';
import type { CommandContext } from './context.ts';
import { readPresets } from './preset-files.ts';
import { refuseProblems } from './refuse.ts';

/** `completion SHELL`: prints what the shell has to read; asks no cluster. */
export async function completion(context: CommandContext): Promise<ExitCode> {
  const { problems, operands } = context.invocation;
  const [word] = operands;
  const shell = shells.find((name) => name === word);
  const near = word === undefined ? undefined : suggest(word, shells);
  const unknown = {
    message:
      word === undefined
        ? 'completion requires the name of a shell.'
        : `There is no completion for "${word}"${near ? `. Did you mean ${near}?` : ''}`,
    next: `One of: ${shells.join(', ')}`,
  };
  refuseProblems(exitCodes.usage, shell ? problems : [...problems, unknown]);
  if (!shell) return exitCodes.usage;
  const presets = (await readPresets(context.packageRoot)).map(({ name }) => name);
  const checks = builtCheckIds ?? (await readCheckIds());
  context.print(completionScript(shell, { presets, checks }));
  return exitCodes.done;
}

async function readCheckIds(): Promise<readonly string[]> {
  const { catalogue } = await import('../checks/catalogue.ts');
  return catalogue.map(({ id }) => id);
}
