import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Bundles the program into dist/, where something that goes into it has changed since the last
 * time. Two stages: `bin/create-xerv-deploy.js` answers --version, --help, explain and presets from
 * plain files; what any other command needs lies in chunks that are loaded once it is known.
 * @param {string} root the checkout
 * @param {(line: string) => void} log
 * @returns {Promise<void>}
 */
export async function ensureBundle(root, log) {
  const marker = join(root, 'node_modules/.bundled-inputs');
  const wanted = await hashInputs(root);
  const bundled = await readFile(marker, 'utf8').catch(() => '');
  const present = await readFile(join(root, 'dist/offline.json')).catch(() => undefined);
  if (bundled === wanted && present) return;
  log('Building dist/');
  await bundle(root);
  await writeFile(marker, wanted);
}

/** @param {string} root */
async function bundle(root) {
  const { build } = await import('esbuild');
  await rm(join(root, 'dist'), { recursive: true, force: true });
  /** @satisfies {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minify: true,
    logLevel: 'warning',
  };
  await build({
    ...common,
    entryPoints: ['src/main.ts', 'src/cli/help.ts', 'src/offline-data.ts'],
    outdir: 'dist',
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [yamlAsModules],
    legalComments: 'linked',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Some bundled libraries are CommonJS and call require for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
  // CommonJS: what the first stage loads must not cost the start of the ES module loader.
  await build({
    ...common,
    entryPoints: ['src/offline.ts'],
    outfile: 'dist/offline.cjs',
    format: 'cjs',
  });
  const { helpTexts } = await import(join(root, `dist/cli/help.js?${Date.now()}`));
  await writeFile(join(root, 'dist/help.json'), JSON.stringify(helpTexts()));
  await rm(join(root, 'dist/cli'), { recursive: true });
  const { offlineData } = await import(join(root, `dist/offline-data.js?${Date.now()}`));
  await writeFile(join(root, 'dist/offline.json'), JSON.stringify(await offlineData(root)));
  await rm(join(root, 'dist/offline-data.js'));
}

/**
 * Package yaml has ES modules for browsers only; its build for Node is CommonJS, of which a dynamic
 * import() sees nothing but a default export, and of which nothing is left out.
 * @type {import('esbuild').Plugin}
 */
const yamlAsModules = {
  name: 'yaml-as-modules',
  setup({ onResolve, initialOptions }) {
    const folder = join(initialOptions.absWorkingDir ?? '', 'node_modules/yaml/browser/dist');
    onResolve({ filter: /^yaml$/ }, () => ({ path: join(folder, 'index.js') }));
    onResolve({ filter: /^yaml\/util$/ }, () => ({ path: join(folder, 'util.js') }));
  },
};

/**
 * What the bundle is made of: the sources and the pinned versions of what is bundled with them.
 * @param {string} root
 */
async function hashInputs(root) {
  const folders = ['src', 'presets'].map((folder) =>
    readdir(join(root, folder), { recursive: true, withFileTypes: true }),
  );
  const sources = (await Promise.all(folders)).flat();
  const files = [
    'package-lock.json',
    'package.json',
    'scripts/bundle.mjs',
    ...sources
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  ].sort();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  files.forEach((file, index) => {
    hash
      .update(file.split(sep).join('/'))
      .update('\0')
      .update(contents[index] ?? '')
      .update('\0');
  });
  return hash.digest('hex');
}
