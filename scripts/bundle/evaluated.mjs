import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Puts what a module makes in the place of the module: for tables whose making takes far more code
 * than they hold.
 * @param {RegExp} filter modules that export nothing but data
 * @param {readonly string[]} [unused] keys that are left out: nobody in the bundle reads them
 * @returns {import('esbuild').Plugin}
 */
export function evaluated(filter, unused = []) {
  /** @param {unknown} data */
  const quoted = (data) =>
    JSON.stringify(
      JSON.stringify(data, (key, value) => (unused.includes(key) ? undefined : value)),
    );
  return {
    name: 'evaluated',
    setup({ onLoad, initialOptions }) {
      onLoad({ filter }, async ({ path }) => ({
        contents: Object.entries(await evaluate(path, initialOptions))
          .map(([name, data]) => `export const ${name} = JSON.parse(${quoted(data)});`)
          .join('\n'),
      }));
    },
  };
}

/**
 * What a module exports.
 * @param {string} path
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<Record<string, unknown>>}
 */
async function evaluate(path, { plugins = [], outfile, outdir, metafile, ...options }) {
  // Not before it is used: what imports this installs the packages first.
  const { build } = await import('esbuild');
  const others = plugins.filter(({ name }) => name !== 'evaluated');
  const { outputFiles } = await build({
    ...options,
    entryPoints: [path],
    plugins: others,
    write: false,
  });
  const module = { exports: {} };
  const text = outputFiles[0]?.text ?? '';
  new Function('module', 'exports', 'require', '__filename', text)(
    module,
    module.exports,
    require,
    path,
  );
  return module.exports;
}
