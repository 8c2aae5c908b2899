import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { program as ours } from './terminal.ts';

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  readonly node?: string;
  /** Another place where the program is installed. */
  readonly program?: string;
}

/** Runs the built program without a terminal, with nothing of this process's environment but PATH. */
export function runProgram(
  args: readonly string[],
  { env = {}, cwd, input = '', node = process.execPath, program = ours }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = execFile(
      node,
      [program, ...args],
      {
        env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), ...env },
        cwd,
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) =>
        resolve({
          code: typeof error?.code === 'number' ? error.code : error ? 128 : 0,
          stdout,
          stderr,
        }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
