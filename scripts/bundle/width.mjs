import { fileURLToPath } from 'node:url';
import { simple } from './graphemes.mjs';
import { replaceIn } from './replace.mjs';

const graphemes = fileURLToPath(new URL('./graphemes.mjs', import.meta.url));
const prefix = `import { lazyExpression, lazySegmenter } from ${JSON.stringify(graphemes)};\n`;
/** @type {readonly [RegExp, string]} */
const segmenter = [/new Intl\.Segmenter\([^)]*\)(?=;)/, 'lazySegmenter()'];
/** Printable ones only: a width has no use for control characters. */
const printable = simple.replace('\\t\\n\\x1b', '');

/**
 * Text width without ICU for what the screens show: Intl.Segmenter and the expression for emoji
 * take as long to make as Node takes to start, and are made at once by the libraries. What they
 * give is the same for every text (test/unit/support/graphemes.test.ts).
 */
export const widthWithoutIcu = replaceIn('width-without-icu', [
  {
    filter: /[\\/]string-width[\\/]index\.js$/,
    prefix,
    changes: [
      segmenter,
      [
        /(?<=const \w+Regex = )\/.*\\p\{.*\/\w+(?=;)/g,
        (expression) => `lazyExpression(() => ${expression})`,
      ],
      ['/^[\\u0020-\\u007E]*$/', `/^[${printable}]*$/`],
      [
        "import {eastAsianWidth} from 'get-east-asian-width';",
        "const eastAsianWidth = (...given) => require('get-east-asian-width').eastAsianWidth(...given);",
      ],
    ],
  },
  {
    filter: /[\\/](wrap-ansi[\\/]index|slice-ansi[\\/]tokenize-ansi)\.js$/,
    prefix,
    changes: [segmenter],
  },
  {
    filter: /[\\/](ansi-tokenize[\\/]build[\\/]tokenize|ink[\\/]build[\\/]line-update)\.js$/,
    prefix,
    changes: [segmenter],
  },
]);
