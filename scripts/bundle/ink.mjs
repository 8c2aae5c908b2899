import { replaceIn } from './replace.mjs';

/**
 * Ink without what a published program does not use or should not wait for: its layout engine is
 * compiled at once, instead of through `fetch` of a data: URL, which loads a whole HTTP client, and
 * written in hexadecimal digits, which Brotli packs a fifth smaller than base64; React's developer
 * tools are left out, and Ink's picture of an error with the source around it, which here is one line
 * of 400 KB: whoever drew the screen tells of it.
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
    // A key changes few lines: those that stay are not taken apart into characters again. Lines that
    // stand alone, as all of ours do, need no cells in which they could overlap.
    filter: /[\\/]ink[\\/]build[\\/]output\.js$/,
    changes: [
      [
        '    get() {',
        `    getLines() {
          const lines = Array.from({ length: this.height }, () => undefined);
          for (const { type, x, y, text, transformers } of this.operations) {
            const isAlone = type === 'write' && x === 0 && y in lines && lines[y] === undefined;
            if (!isAlone || text.includes('\\n')) return undefined;
            const plain = this.caches.getPlainLine(text);
            const line = transformers.reduce((transformed, transform) => transform(transformed, 0), plain);
            lines[y] = this.caches.getLine(line, this.width);
          }
          return lines;
        }
        get() {
          const lines = this.getLines();
          if (lines) return { output: lines.join('\\n'), height: lines.length };`,
      ],
      [
        '    getStringWidth(text) {',
        `    plainLines = new Map();
        lines = new Map();
        getPlainLine(text) {
          let cached = this.plainLines.get(text);
          if (cached === undefined) {
            if (this.plainLines.size > 1000) this.plainLines.clear();
            cached = styledCharsToString(this.getStyledChars(text));
            this.plainLines.set(text, cached);
          }
          return cached;
        }
        getLine(text, width) {
          let cached = this.lines.get(text);
          if (cached === undefined) {
            if (this.lines.size > 1000) this.lines.clear();
            const cells = this.getStyledChars(text);
            const columns = cells.reduce((sum, { value }) => sum + Math.max(1, this.getStringWidth(value)), 0);
            // Styles end in another order where a blank cell follows.
            const [full, short] = [cells, [...cells, { type: 'char', value: ' ', fullWidth: false, styles: [] }]]
              .map((line) => styledCharsToString(line).trimEnd());
            cached = { columns, full, short };
            this.lines.set(text, cached);
          }
          return cached.columns < width ? cached.short : cached.full;
        }
        getStringWidth(text) {`,
      ],
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
    ],
  },
  {
    filter: /[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/,
    changes: [
      [
        'const sanitizeAnsi = (text) => {',
        `const sanitized = new Map();
        const sanitizeAnsi = (text) => {
          let cached = sanitized.get(text);
          if (cached === undefined) {
            if (sanitized.size > 1000) sanitized.clear();
            cached = sanitize(text);
            sanitized.set(text, cached);
          }
          return cached;
        };
        const sanitize = (text) => {`,
      ],
    ],
  },
  {
    filter: /[\\/]ink[\\/]build[\\/]render-node-to-output\.js$/,
    prefix: "import measureText from './measure-text.js';",
    changes: [
      ["import widestLine from 'widest-line';", ''],
      ['widestLine(text)', 'measureText(text).width'],
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
