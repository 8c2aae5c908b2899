import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDirectory } from './cache.mjs';
import { runOrThrow } from './run.mjs';

const version = '3.12.3';

/**
 * The oldest helm that we support, built from its Go module once: no npm package carries it.
 * @param {{go?: string, cache?: string, log?: (line: string) => void}} [options]
 * @returns {Promise<string>} its path
 * @throws where Go is missing or the build fails
 */
export async function ensureOldestHelm({
  go = 'go',
  cache = cacheDirectory(),
  log = () => {},
} = {}) {
  const path = join(cache, 'tools', `helm-${version}`, 'helm');
  if (existsSync(path)) return path;
  log(`Building helm ${version} (about two minutes, once)`);
  await mkdir(dirname(dirname(path)), { recursive: true });
  const work = await mkdtemp(join(dirname(dirname(path)), 'helm-build.'));
  try {
    await runOrThrow(
      go,
      [
        'install',
        // Without it, helm takes itself for version 3.12 and no more.
        `-ldflags=-s -w -X helm.sh/helm/v3/internal/version.version=v${version}`,
        `helm.sh/helm/v3/cmd/helm@v${version}`,
      ],
      { cwd: work, env: { ...process.env, GOBIN: work, GOFLAGS: '' } },
    );
    await rename(work, dirname(path));
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(path)) throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return path;
}
