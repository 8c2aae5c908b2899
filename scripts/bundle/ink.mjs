import { replaceIn } from './replace.mjs';

/**
 * Ink without what a published program does not use or should not wait for: its layout engine is
 * compiled at once, instead of through `fetch` of a data: URL, which loads a whole HTTP client;
 * React's developer tools are left out.
 */
export const leanInk = replaceIn('lean-ink', [
  {
    filter: /[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/,
    changes: [['await loadYoga()', 'loadYoga()']],
  },
  {
    filter: /[\\/]yoga-wasm-base64-esm\.js$/,
    changes: [
      [
        'loadYoga = loadYoga || {};',
        `loadYoga = {
          instantiateWasm(imports, receive) {
            const bytes = Buffer.from(H.slice(H.indexOf(',') + 1), 'base64');
            const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
            receive(instance);
            return instance.exports;
          },
        };`,
      ],
      ['return loadYoga.ready', 'return loadYoga'],
      ['import.meta.url', '""'],
    ],
  },
  {
    filter: /[\\/]ink[\\/]build[\\/]reconciler\.js$/,
    changes: [
      ["await import('./devtools.js');", ''],
      ['await loadPackageJson()', '{}'],
    ],
  },
]);
