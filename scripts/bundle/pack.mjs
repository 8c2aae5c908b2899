import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { smaller } from './smaller.mjs';

/**
 * Puts the pieces into one file, each as a function that takes what Node gives a CommonJS file. Most
 * of it is compressed, which Brotli does better than npm; what the first run unpacks is kept.
 * @param {string} dist
 * @param {readonly import('./pieces.mjs').Piece[]} pieces
 * @param {string} moduleUrl what begins each piece, and not every one needs
 * @throws where a piece is no ASCII: it is read as such
 */
export async function packPieces(dist, pieces, moduleUrl) {
  const contents = await Promise.all(
    pieces.map(async ({ file, isPacked = false }) => {
      const text = await readFile(join(dist, 'made', file), 'utf8');
      const [, rest = ''] = text.split(moduleUrl);
      const used = rest.includes('__moduleUrl') ? text : rest.trim();
      const code = `function (exports, require, module, __filename, __dirname) { ${used}\n}`;
      const wrapped = `(${await smaller(code)})\n`;
      const odd = /.{0,30}[^\0-\x7f].{0,30}/.exec(wrapped);
      if (odd) throw new Error(`The program is not ASCII; write it with an escape: ${odd}`);
      return isPacked ? compressed(wrapped) : Buffer.from(wrapped);
    }),
  );
  const packed = Buffer.concat(contents);
  await writeFile(join(dist, 'program.pack'), packed);
  let start = 0;
  const built = contents.map(({ length }, index) => {
    const { file = '', isPacked = false } = pieces[index] ?? {};
    const piece = { place: [start, length], isPacked };
    start += length;
    return [file, piece];
  });
  return {
    buildId: createHash('sha256').update(packed).digest('hex').slice(0, 16),
    builtPieces: Object.fromEntries(built),
  };
}

/** @param {string} text */
function compressed(text) {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
}
