import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string | undefined;
  readonly input?: string;
}

/** Runs a program with nothing of this process's environment but PATH and what is given. */
export function runCommand(
  file: string,
  args: readonly string[],
  { env = {}, cwd, input = '' }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
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
