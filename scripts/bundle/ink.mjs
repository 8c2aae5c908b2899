import { replaceIn } from './replace.mjs';

/**
 * Ink without what a published program does not use or should not wait for: its layout engine is
 * compiled at once, instead of through `fetch` of a data: URL, which loads a whole HTTP client, and
 * written in hexadecimal digits, which Brotli packs a fifth smaller than base64; React's developer tools are left out, and Ink's picture of an error with the
 * source around it, which here is one line of 400 KB: whoever drew the screen tells of it.
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
            const bytes = Buffer.from(H.slice(H.indexOf(',') + 1), 'hex');
            const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
            receive(instance);
            return instance.exports;
          },
        };`,
      ],
      [/(?<=;base64,)[\w+/]{1000,}=*/, (text) => Buffer.from(text, 'base64').toString('hex')],
      ['return loadYoga.ready', 'return loadYoga'],
      ['import.meta.url', '""'],
    ],
  },
  {
    filter: /[\\/]ink[\\/]build[\\/]components[\\/]ErrorBoundary\.js$/,
    changes: [
      ["import ErrorOverview from './ErrorOverview.js';", 'const ErrorOverview = () => null;'],
    ],
  },
  {
    // A key changes few lines: those that stay are not taken apart into characters again.
    filter: /[\\/]ink[\\/]build[\\/]output\.js$/,
    changes: [
      [
        'export default class Output {',
        'const shared = new OutputCaches(); export default class Output {',
      ],
      ['    caches = new OutputCaches();', '    caches = shared;'],
      [
        'if (cached === undefined) {\n            // Standalone',
        'if (cached === undefined) { if (this.styledChars.size > 1000) this.styledChars.clear();\n //',
      ],
      [
        'cached = stringWidth(text);',
        'if (this.widths.size > 10000) this.widths.clear(); cached = stringWidth(text);',
      ],
      [
        'let lineWidth = 0;',
        'if (this.blockWidths.size > 1000) this.blockWidths.clear(); let lineWidth = 0;',
      ],
      [
        'let lines = characterLines.map(line => styledCharsToString(line));',
        "let lines = text.includes('\\n') ? characterLines.map(line => styledCharsToString(line)) : [text];",
      ],
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
