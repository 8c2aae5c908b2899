import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chartArchive, placesIn } from './bundle/chart.mjs';
import { evaluated } from './bundle/evaluated.mjs';
import { leanInk } from './bundle/ink.mjs';
import { hashInputs } from './bundle/inputs.mjs';
import { licenceNotices } from './bundle/licences.mjs';
import { packPieces } from './bundle/pack.mjs';
import { buildPieces } from './bundle/pieces.mjs';
import { widthWithoutIcu } from './bundle/width.mjs';

/**
 * Bundles the program into dist/ and packs the chart, where something that goes into them has changed
 * since the last time. Two stages: the first one answers --version, --help, explain and presets from
 * plain files, reads the command line and draws the wizard's first frame; what else a command needs is
 * loaded once it is known.
 * @param {string} root the checkout
 * @param {(line: string) => void} log
 * @returns {Promise<void>}
 */
export async function ensureBundle(root, log) {
  const marker = join(root, 'node_modules/.bundled-inputs');
  const wanted = await hashInputs(root);
  const bundled = await readFile(marker, 'utf8').catch(() => '');
  const made = ['dist/texts.json', archiveFile].every((file) => existsSync(join(root, file)));
  if (bundled === wanted && made) return;
  log('Building dist/ and the archive of the chart');
  await bundle(root);
  await writeFile(marker, wanted);
}

const schemaFile = 'charts/xerv/values.schema.json';
const archiveFile = 'charts/xerv.tgz';
const moduleUrl = "const __moduleUrl=require('node:url').pathToFileURL(__filename).href;";

/** @param {string} root */
async function bundle(root) {
  const { build } = await import('esbuild');
  const dist = join(root, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  const options = /** @satisfies {import('esbuild').BuildOptions} */ ({
    absWorkingDir: root,
    bundle: true,
    // Node loads CommonJS sooner than modules, and what is required within a function only then.
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    // They are in LICENCES.txt.
    legalComments: 'none',
    metafile: true,
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      'import.meta.url': '__moduleUrl',
    },
    banner: { js: moduleUrl },
    // import() would start the loader of modules.
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  });
  const require = createRequire(import.meta.url);
  await Promise.all(
    ['src/cli/help.ts', 'src/offline-data.ts'].map((entry) =>
      build({
        ...options,
        entryPoints: [entry],
        outdir: 'dist/made',
        outExtension: { '.js': '.cjs' },
        plugins: [yamlAsModules],
      }),
    ),
  );
  const { helpTexts } = require(join(dist, 'made/help.cjs'));
  const { offlineData, optionFacts, readPresets } = require(join(dist, 'made/offline-data.cjs'));
  const texts = { help: helpTexts(), ...(await offlineData(root)) };
  await writeFile(join(dist, 'texts.json'), JSON.stringify(texts));
  const [archive, schema] = await Promise.all([
    chartArchive(root),
    readFile(join(root, schemaFile)),
  ]);
  await writeFile(join(root, archiveFile), archive);
  const data = asData(/[\\/]built-data\.ts$/, {
    builtPresets: await readPresets(root),
    builtOptionFacts: optionFacts(JSON.parse(schema.toString())),
    builtSchemaPlaces: placesIn(archive, schema),
    builtCheckIds: texts.checks.map((/** @type {{id: string}} */ { id }) => id),
  });
  const program = await buildPieces(
    {
      ...options,
      plugins: [data, yamlAsModules, leanInk, widthWithoutIcu],
    },
    pieces,
  );
  const built = await packPieces(dist, pieces, moduleUrl);
  const [firstStage, commandLine] = await Promise.all([
    build({
      ...options,
      entryPoints: ['src/first-stage.ts'],
      outfile: 'dist/first-stage.cjs',
      banner: {},
      plugins: [
        asData(/[\\/]built-program\.ts$/, built),
        evaluated(/[\\/]ui[\\/]prepared-frames\.ts$/),
        fromCommandLine,
      ],
    }),
    build({
      ...options,
      entryPoints: ['src/command-line.ts'],
      outfile: 'dist/command-line.cjs',
      banner: {},
      plugins: [
        // --help is answered from texts.json.
        evaluated(/[\\/]cli[\\/]flag-table\.ts$/, ['help', 'heading']),
        evaluated(/[\\/]ui[\\/]first-steps\.ts$/),
        widthWithoutIcu,
      ],
    }),
  ]);
  const notices = await licenceNotices(root, [
    ...program,
    firstStage.metafile,
    commandLine.metafile,
  ]);
  await writeFile(join(dist, 'LICENCES.txt'), notices);
  await rm(join(dist, 'made'), { recursive: true });
}

/**
 * What the first stage loads when it knows the command. The first two start helm and kubectl, before
 * there is time to unpack anything.
 * @type {readonly import('./bundle/pieces.mjs').Piece[]}
 */
const pieces = [
  { file: 'main', roots: ['src/main.ts'], exports: 'src/main.ts' },
  {
    file: 'head',
    roots: ['src/head-start/head-start.ts'],
    exports: 'src/head-start/head-start.ts',
  },
  {
    // What both of the next ones need.
    file: 'base',
    roots: [
      'src/questions/catalogue.ts',
      'src/commands/chart-schema.ts',
      'src/commands/preset-files.ts',
      'src/commands/sets.ts',
      'src/commands/target-flags.ts',
      'src/values/validate.ts',
    ],
    isPacked: true,
  },
  {
    file: 'wizard',
    roots: ['src/commands/wizard/wizard.ts', 'src/ui/open-screen.ts', 'src/wizard/view/view-of.ts'],
    isPacked: true,
  },
  {
    file: 'values',
    roots: ['src/commands/render.ts', 'src/values/document.ts'],
    isPacked: true,
  },
  { file: 'program', roots: 'theRest', isPacked: true },
  { file: 'ui', roots: ['src/ui/open.tsx'], isPacked: true },
];

/**
 * Puts data in the place of what a module exports.
 * @param {RegExp} filter the module
 * @param {Readonly<Record<string, unknown>>} exported
 * @returns {import('esbuild').Plugin}
 */
function asData(filter, exported) {
  const contents = Object.entries(exported)
    .map(([name, data]) => `export const ${name} = ${JSON.stringify(data)};`)
    .join('\n');
  return {
    name: 'as-data',
    setup: ({ onLoad }) => onLoad({ filter }, () => ({ contents })),
  };
}

/**
 * Leaves to dist/command-line.cjs, which is loaded when it is asked, what the first frame does without.
 * @type {import('esbuild').Plugin}
 */
const fromCommandLine = {
  name: 'from-command-line',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/command-line\.ts$/ }, () => ({
      path: './command-line.cjs',
      external: true,
    }));
    onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, () => ({
      contents: `export default (text) => require('./command-line.ts').stringWidth(text);`,
    }));
  },
};

/**
 * Package yaml has ES modules for browsers only; its build for Node is CommonJS, of which nothing
 * is left out.
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
