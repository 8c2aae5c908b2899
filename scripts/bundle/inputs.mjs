import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const folders = ['src', 'presets', 'charts/xerv', 'scripts/bundle'];
const files = ['package-lock.json', 'package.json', 'scripts/bundle.mjs'];

/**
 * Names what the bundle is made of: the sources, what bundles them, and the pinned versions of what is
 * bundled with them.
 * @param {string} root the checkout
 * @returns {Promise<string>} the same for the same content
 */
export async function hashInputs(root) {
  const found = await Promise.all(
    folders.map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
  );
  const sources = found
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const all = [...files, ...sources].sort();
  const contents = await Promise.all(all.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  all.forEach((file, index) => {
    hash
      .update(file.split(sep).join('/'))
      .update('\0')
      .update(contents[index] ?? '')
      .update('\0');
  });
  return hash.digest('hex');
}
