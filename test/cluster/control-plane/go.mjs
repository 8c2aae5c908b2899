import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { run } from '../../../scripts/run.mjs';

/** From this release on, Go fetches by itself the newer toolchain that a go.mod asks for. */
const FIRST_SELF_UPDATING = [1, 21];

/**
 * @typedef {{kind: 'found', path: string, version: string}} FoundGo
 * @typedef {{kind: 'unusable', reason: string}} UnusableGo
 */

/** Where Go is looked for: in PATH, and where its own installer puts it. */
const CANDIDATES = ['go', '/usr/local/go/bin/go'];

/**
 * Finds a Go toolchain that can build the control plane.
 * @param {string} goMod the go.mod file that says which version is needed
 * @param {readonly string[]} [candidates]
 * @returns {Promise<FoundGo | UnusableGo>} the reason is a sentence for the user
 */
export async function findGo(goMod, candidates = CANDIDATES) {
  const needed = /^go (\S+)$/m.exec(await readFile(goMod, 'utf8'))?.[1] ?? '1.21';
  for (const path of candidates) {
    // Asked outside of the module: within it, an older Go would fetch the newer one first.
    const answer = await run(path, ['env', 'GOVERSION', 'GOTOOLCHAIN'], {
      cwd: tmpdir(),
      capture: true,
    });
    if (answer.code !== 0) continue;
    const [name = '', toolchain = ''] = answer.stdout.trim().split(/\r?\n/);
    const version = name.replace(/^go/, '');
    if (isAtLeast(version, parseVersion(needed))) return { kind: 'found', path, version };
    if (toolchain.startsWith('auto') && isAtLeast(version, FIRST_SELF_UPDATING))
      return { kind: 'found', path, version };
    return {
      kind: 'unusable',
      reason: `Go ${version} is too old: ${needed} or newer is needed (https://go.dev/dl/)`,
    };
  }
  return {
    kind: 'unusable',
    reason: `Go is not installed: ${needed} or newer is needed (https://go.dev/dl/)`,
  };
}

/** @param {string} version */
function parseVersion(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/**
 * @param {string} version
 * @param {readonly number[]} least
 */
function isAtLeast(version, least) {
  const parts = parseVersion(version);
  for (const [index, wanted] of least.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

/**
 * Runs the go command in a module.
 * @param {string} go its path
 * @param {string} directory of the module
 * @param {string[]} args
 * @returns {Promise<string>} its output
 * @throws with the end of what it said
 */
export async function runGo(go, directory, args) {
  const { code, stdout, stderr } = await run(go, args, {
    cwd: directory,
    // Without a C compiler the result is the same.
    env: { ...process.env, CGO_ENABLED: '0' },
    capture: true,
  });
  if (code === 0) return stdout;
  const reason = `${stderr}${stdout}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`go ${args.slice(0, 2).join(' ')} failed (${code}):\n${reason}`);
}
