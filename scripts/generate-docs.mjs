// Writes the pages under docs/ that come from tables: the command line, the wizard's keys and the checks.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each page, the module that makes it, and the function of that module. */
const pages = [
  { page: 'docs/command-line.md', module: 'src/cli/reference.ts', function: 'commandLinePage' },
  { page: 'docs/wizard.md', module: 'src/wizard/reference.ts', function: 'wizardPage' },
  { page: 'docs/checks.md', module: 'src/checks/reference.ts', function: 'checksPage' },
  {
    page: 'docs/check-output.schema.json',
    module: 'src/checks/output-schema.ts',
    function: 'checkOutputSchema',
  },
  {
    page: 'docs/plan-output.schema.json',
    module: 'src/release/plan/output-schema.ts',
    function: 'planOutputSchema',
  },
];

/**
 * The pages as they should be.
 * @returns {Promise<{path: string, text: string}[]>}
 */
export function generatePages() {
  return Promise.all(
    pages.map(async ({ page, module, function: name }) => {
      const made = await importBundled({ entryPoints: [join(root, module)] });
      return { path: join(root, page), text: made[name]() };
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of await generatePages())
    if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
      await writeFile(path, text);
      console.log(`wrote ${path}`);
    }
}
