import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * Installs the npm packages of the lock file, where the last installation was for another one.
 * @param {string} root the checkout
 * @param {(line: string) => void} log
 * @returns {Promise<void>}
 * @throws where npm fails
 */
export async function ensurePackages(root, log) {
  const marker = join(root, 'node_modules/.installed-lock');
  const lock = await readFile(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const installed = await readFile(marker, 'utf8').catch(() => '');
  if (installed === wanted) return;
  log('Installing the npm packages of package-lock.json');
  // Not `npm ci`: it refuses a lock file that lacks optional packages for other platforms, which
  // npm leaves out where a registry does not have them. Versions and integrity are the lock's.
  const args = ['install', '--no-save', '--no-audit', '--no-fund'];
  const { code, stdout, stderr } = await run('npm', args, { cwd: root, capture: true });
  if (code !== 0) throw new Error(`npm install failed (${code}):\n${stdout}${stderr}`);
  // tsc's notes of what it found may say that a package is missing which is there by now.
  await rm(join(root, 'node_modules/.cache/types.tsbuildinfo'), { force: true });
  await writeFile(marker, wanted);
}
