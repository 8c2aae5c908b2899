import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { PresetFile } from '../values/presets.ts';
import { builtPresets } from './built-data.ts';

/** All presets of the package, first those to start from. */
export async function readPresets(packageRoot: string): Promise<readonly PresetFile[]> {
  if (builtPresets) return builtPresets;
  const { comparePresets } = await import('../values/presets.ts');
  const files = (await readdir(join(packageRoot, 'presets'))).filter((file) =>
    file.endsWith('.yaml'),
  );
  const presets = await Promise.all(files.map((file) => parseFile(packageRoot, file.slice(0, -5))));
  return presets.sort(comparePresets);
}

/** One preset, or undefined where there is none of that name. */
export async function readPreset(
  packageRoot: string,
  name: string,
): Promise<PresetFile | undefined> {
  if (builtPresets) return builtPresets.find((preset) => preset.name === name);
  // A name, not a path: nothing outside the folder is read.
  if (!/^[a-z0-9-]+$/.test(name)) return undefined;
  return parseFile(packageRoot, name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** What to say where a preset does not exist. */
export function unknownPreset(name: string, known: readonly string[]): Problem {
  const near = suggest(name, known);
  return {
    message: `There is no preset "${name}"${near ? `. Did you mean ${near}?` : ''}`,
    next: `The presets: ${known.join(', ')}`,
    where: '--preset',
  };
}

async function parseFile(packageRoot: string, name: string): Promise<PresetFile> {
  const { parsePreset } = await import('../values/presets.ts');
  const text = await readFile(join(packageRoot, 'presets', `${name}.yaml`), 'utf8');
  return { ...parsePreset(name, text), text };
}
