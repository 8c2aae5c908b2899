import { DeployError, type Problem } from '../../errors.ts';
import { readTextFile } from '../../files/read-text.ts';
import { parseDocument } from '../../values/parse-document.ts';
import type { FileRead } from '../../wizard/state.ts';
import type { CommandContext } from '../context.ts';
import type { Effect } from './runner.ts';

/** Reads a values file that the user named. */
export function createRead({ stdin }: CommandContext): Effect<'read'> {
  return async ({ path }, { tell }) => {
    tell({ type: 'file', path, read: await readValues(path, stdin) });
  };
}

async function readValues(path: string, stdin: CommandContext['stdin']): Promise<FileRead> {
  try {
    const parsed = parseDocument(await readTextFile(path, { stdin }), path);
    if (parsed.ok) return { state: 'read', values: parsed.document.toTree() };
    return { state: 'failed', problem: firstOf(parsed.problems) };
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return { state: 'failed', problem: firstOf(error.problems) };
  }
}

function firstOf(problems: readonly Problem[]): Problem {
  return problems[0] ?? { message: 'It cannot be read.' };
}
