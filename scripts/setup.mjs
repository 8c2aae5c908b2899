import { fileURLToPath } from 'node:url';
import { ensureBundle } from './bundle.mjs';
import { cacheDirectory } from './cache.mjs';
import { ensurePackages } from './packages.mjs';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Says what the set-up is doing; on standard error, so that a command's output stays data.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`[setup] ${line}\n`);
}

/**
 * Everything that a fresh clone lacks, but for the control plane: npm packages, the bundle, helm and
 * kubectl. Takes well under a second where nothing is missing.
 * @returns {Promise<import('./tools.mjs').Tools>}
 * @throws where something cannot be had
 */
export async function setUp() {
  await ensurePackages(root, say);
  const { ensureTools } = await import('./tools.mjs');
  const [tools] = await Promise.all([ensureTools({ log: say }), ensureBundle(root, say)]);
  return tools;
}

/**
 * The control plane's program, built where it is missing.
 * @returns {Promise<{binary: string, crdsDirectory: string} | {unusable: string}>} unusable: why it
 *   cannot be built here, a sentence for the user
 */
export async function setUpControlPlane() {
  const { ensureControlPlane } = await import('../test/cluster/control-plane/build.mjs');
  const built = await ensureControlPlane({ cacheDirectory: cacheDirectory(), log: say });
  return built.kind === 'built' ? built : { unusable: built.reason };
}

/** promtool, which the tests of the alerts need: fetched here, so that no test waits for it. */
export async function setUpPromtool() {
  const { ensurePromtool } = await import('./promtool.mjs');
  try {
    return await ensurePromtool();
  } catch (error) {
    // Not every machine has Debian's packages; the tests that need it say so again.
    say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** The add-ons that tests run beside the control plane: Istio, KEDA, Prometheus and others. */
export async function setUpAddOns() {
  const { ensurePrograms } = await import('../test/addons/build/build.mjs');
  const { ensureServers } = await import('../test/addons/build/servers.mjs');
  const options = { cacheDirectory: cacheDirectory(), log: say };
  await Promise.all([ensurePrograms(options), ensureServers(options)]);
}
