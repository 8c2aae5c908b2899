import { readFile } from 'node:fs/promises';

/**
 * A plugin that changes the source of libraries while they are bundled.
 * @param {string} name
 * @param {readonly {filter: RegExp, prefix?: string, changes: readonly (readonly [RegExp | string, string | ((found: string) => string)])[]}[]} edits
 * @returns {import('esbuild').Plugin}
 * @throws (the build) where a library no longer holds what is to be changed: then look whether the
 *   change is still needed
 */
export function replaceIn(name, edits) {
  return {
    name,
    setup({ onLoad }) {
      for (const { filter, prefix = '', changes } of edits)
        onLoad({ filter }, async ({ path }) => {
          let contents = await readFile(path, 'utf8');
          for (const [pattern, replacement] of changes) {
            const changed = contents.replace(pattern, (found) =>
              typeof replacement === 'string' ? replacement : replacement(found),
            );
            if (changed === contents) throw new Error(`${path} no longer holds ${pattern}`);
            contents = changed;
          }
          return { contents: prefix + contents, loader: 'js' };
        });
    },
  };
}
