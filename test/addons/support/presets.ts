import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** The values of a preset. */
export async function loadPreset(name: string): Promise<Record<string, unknown>> {
  const file = new URL(`../../../presets/${name}.yaml`, import.meta.url);
  return parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}
