// Writes docs/command-line.md from the tables of commands, flags and exit codes.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = join(root, 'docs/command-line.md');

/**
 * The page as it should be.
 * @returns {Promise<{path: string, text: string}>}
 */
export async function generateCommandLinePage() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/cli/reference.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  const { commandLinePage } = await import(`data:text/javascript;base64,${code}`);
  return { path, text: commandLinePage() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text } = await generateCommandLinePage();
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    await writeFile(path, text);
    console.log(`wrote ${path}`);
  }
}
