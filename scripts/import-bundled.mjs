import { build } from 'esbuild';

/**
 * Loads TypeScript, which Node 20 cannot run: esbuild bundles it, with the packages that it uses, into
 * one module in memory.
 * @param {import('esbuild').BuildOptions} source what to bundle: entryPoints, or stdin
 * @returns {Promise<any>} the module
 */
export async function importBundled(source) {
  const { outputFiles } = await build({
    ...source,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles?.[0]?.contents ?? '').toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
