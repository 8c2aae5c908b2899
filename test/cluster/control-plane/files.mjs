import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatKubeconfig } from './kubeconfig.mjs';
import { LAYOUT } from './roles.mjs';
import { formatTokenFile, makeTokens } from './users.mjs';

/**
 * An empty directory for a control plane.
 * @param {string} directory
 */
export async function makeDirectory(directory) {
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, 'logs'), { recursive: true, mode: 0o700 });
  await mkdir(join(directory, 'kubeconfigs'));
}

/**
 * Writes certificates, tokens, kubeconfigs and kwok's configuration.
 * @param {{binary: string, directory: string, server: string, name: string,
 *   users: readonly string[]}} options
 * @returns {Promise<{certificateAuthority: string, adminToken: string}>} certificateAuthority: PEM
 */
export async function writeFiles({ binary, directory, server, name, users }) {
  const tokens = makeTokens([...new Set(['admin', ...users])]);
  await Promise.all([
    promisify(execFile)(binary, ['certificates', join(directory, 'certificates')]),
    writeFile(LAYOUT.tokens(directory), formatTokenFile(tokens), { mode: 0o600 }),
    writeStages(directory),
  ]);
  const certificateAuthority = await readFile(LAYOUT.certificateAuthority(directory), 'utf8');
  await Promise.all(
    Object.entries(tokens).map(([user, token]) =>
      writeFile(
        LAYOUT.kubeconfig(directory, user),
        formatKubeconfig({ server, certificateAuthority, cluster: name, user, token }),
        { mode: 0o600 },
      ),
    ),
  );
  return { certificateAuthority, adminToken: tokens.admin ?? '' };
}

/**
 * Joins the stages into kwok's configuration; the placeholder is where the logs lie.
 * @param {string} directory
 */
async function writeStages(directory) {
  const folder = join(import.meta.dirname, 'stages');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const documents = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const logs = join(import.meta.dirname, 'logs');
  await writeFile(
    LAYOUT.stages(directory),
    documents.join('\n---\n').replaceAll('LOGS_DIRECTORY', logs),
  );
}
