import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const staticImport = /^(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;

/** What a script loads before it runs, with all that this loads: `what` from `by`. */
async function loadedAtOnce(script: string, seen = new Set<string>()): Promise<string[]> {
  if (seen.has(script)) return [];
  seen.add(script);
  const text = await readFile(join(root, script), 'utf8');
  const names = [...text.matchAll(staticImport)].map(([, name = '']) => name);
  const found = await Promise.all(
    names.map(async (name) =>
      name.startsWith('.')
        ? loadedAtOnce(join(dirname(script), name), seen)
        : [`${name} by ${script}`],
    ),
  );
  return found.flat();
}

test.each(['scripts/start.mjs', 'scripts/test.mjs', 'scripts/build.mjs'])(
  '%s runs in a fresh clone: it needs no package before it has installed them',
  async (script) => {
    const loaded = await loadedAtOnce(script);
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((name) => !name.startsWith('node:'))).toEqual([]);
  },
);
