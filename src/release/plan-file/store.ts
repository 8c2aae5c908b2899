import * as z from 'zod/mini';
import { DeployError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { type ReadOptions, readTextFile } from '../../files/read-text.ts';
import { type PlanFile, planFile } from './schema.ts';

/** A saved plan as text. */
export function formatPlanFile(plan: PlanFile): string {
  return `${JSON.stringify(z.parse(planFile, plan), null, 2)}\n`;
}

/**
 * Reads a saved plan; `-` is standard input.
 * @throws DeployError (usage) where the file cannot be read, is no plan, or is one of another version
 */
export async function readPlanFile(
  path: string,
  { stdin }: Pick<ReadOptions, 'stdin'>,
): Promise<PlanFile> {
  return parsePlanFile(await readTextFile(path, { stdin }), path);
}

/** @param path where the text came from, for the error */
export function parsePlanFile(text: string, path: string): PlanFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw notAPlan(path, 'It is not JSON.');
  }
  const head = z.safeParse(z.looseObject({ format: z.string(), version: z.number() }), data);
  if (head.success && head.data.version !== 1)
    throw notAPlan(path, `It has version ${head.data.version}; this program reads version 1.`);
  const parsed = z.safeParse(planFile, data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw notAPlan(path, `${where ? `At ${where}: ` : ''}${issue?.message ?? 'invalid'}.`);
}

function notAPlan(path: string, why: string): DeployError {
  return new DeployError(exitCodes.usage, {
    message: `${path} is not a saved plan.`,
    why,
    next: 'Make one with create-xerv-deploy plan --out FILE.',
    where: path,
  });
}
