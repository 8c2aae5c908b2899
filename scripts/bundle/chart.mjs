import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** As npm dates what it packs: the archive is the same whenever it is made. */
const mtime = new Date('1985-10-26T08:15:00Z');

/**
 * The chart as the one archive that the package holds, since each file costs time where the package
 * is installed. What `.helmignore` names is left out: helm asks it of directories only. Not
 * compressed: helm then reads it as soon as a directory, and npm compresses it with the package.
 * @param {string} root the checkout
 * @returns {Promise<Buffer>} the same bytes for the same files, whoever makes it
 */
export async function chartArchive(root) {
  // Not before they are used: what imports this installs the packages first.
  const [{ create }, { default: ignore }] = await Promise.all([import('tar'), import('ignore')]);
  const chart = join(root, 'charts/xerv');
  const [found, ignored] = await Promise.all([
    readdir(chart, { recursive: true, withFileTypes: true }),
    readFile(join(chart, '.helmignore'), 'utf8'),
  ]);
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(chart, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const kept = ignore().add(ignored).filter(files).sort();
  const archive = create(
    {
      sync: true,
      cwd: join(root, 'charts'),
      // Without owners.
      portable: true,
      mtime,
      onWriteEntry({ stat }) {
        // As a checkout with the usual umask has them.
        if (stat) stat.mode = 0o644;
      },
    },
    kept.map((file) => `xerv/${file}`),
  ).read();
  const packed = gzipSync(archive ?? '', { level: 0 });
  // The system that it was made on: unknown.
  packed[9] = 255;
  return packed;
}

/**
 * Where a file lies in such an archive, to be read without unpacking all of it: zlib, once loaded,
 * would take as long as helm's half.
 * @param {Buffer} packed
 * @param {Buffer} content of the file
 * @returns {(readonly [start: number, length: number])[]} in bytes
 * @throws where it is not in it
 */
export function placesIn(packed, content) {
  const blocks = storedBlocks(packed);
  const archive = Buffer.concat(
    blocks.map(([start, length]) => packed.subarray(start, start + length)),
  );
  const from = archive.indexOf(content);
  if (from < 0) throw new Error('the archive of the chart lacks a file');
  let before = 0;
  return blocks.flatMap(([start, length]) => {
    const first = Math.max(from - before, 0);
    const end = Math.min(from + content.length - before, length);
    before += length;
    return first < end ? [/** @type {const} */ ([start + first, end - first])] : [];
  });
}

/**
 * The blocks of a gzip that is not compressed (RFC 1951, 3.2.4): after a header of ten bytes, each
 * has a byte, whose lowest bit says whether it is the last one, its length, and the length again.
 * @param {Buffer} packed
 */
function storedBlocks(packed) {
  /** @type {(readonly [start: number, length: number])[]} */
  const blocks = [];
  for (let at = 10, isLast = false; !isLast; ) {
    isLast = packed.readUInt8(at) === 1;
    const length = packed.readUInt16LE(at + 1);
    blocks.push([at + 5, length]);
    at += 5 + length;
  }
  return blocks;
}
