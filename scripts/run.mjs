import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, its output on ours or captured.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean}} [options]
 * @returns {Promise<{code: number, stdout: string, stderr: string}>} code is 127 where it cannot
 *   be started, 128 where a signal ended it
 */
export function run(file, args, { cwd, env, capture = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // npm is a .cmd file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && file === 'npm',
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, stderr }));
  });
}

/**
 * The same, for a program that must succeed.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<string>} its standard output
 * @throws with its error output, where it fails
 */
export async function runOrThrow(file, args, options = {}) {
  const { code, stdout, stderr } = await run(file, args, { ...options, capture: true });
  if (code !== 0)
    throw new Error(`${file} ${args.join(' ')} failed (${code}):\n${stderr || stdout}`);
  return stdout;
}
