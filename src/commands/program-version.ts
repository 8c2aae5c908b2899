import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { CommandContext } from './context.ts';

/** The version of this package. */
export async function programVersion({
  packageRoot,
}: Pick<CommandContext, 'packageRoot'>): Promise<string> {
  const text = await readFile(join(packageRoot, 'package.json'), 'utf8');
  return z.parse(z.looseObject({ version: z.string() }), JSON.parse(text)).version;
}
