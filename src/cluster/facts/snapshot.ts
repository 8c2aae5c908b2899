import * as z from 'zod/mini';
import { DeployError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Cleanup } from '../../files/cleanup.ts';
import { type ReadOptions, readTextFile } from '../../files/read-text.ts';
import { type WriteResult, writeFileAtomically } from '../../files/write-file.ts';
import { factSchemas } from './fact-schemas.ts';
import { type ClusterFacts, gapReasons } from './facts.ts';

/** A saved look at a cluster. The number changes when old files can no longer be read. */
export interface FactsSnapshot {
  readonly version: 1;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly target: {
    readonly context: string;
    readonly server: string;
    readonly identity: string;
    readonly namespace: string;
    readonly release: string;
  };
  readonly facts: ClusterFacts;
}

/** Of a cluster with thousands of namespaces the file is a few MB. */
const largestFile = 64 * 1024 * 1024;

const factOf = (value: z.ZodMiniType) =>
  z.optional(
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('known'), value }),
      z.strictObject({
        state: z.literal('unknown'),
        reason: z.enum(gapReasons),
        detail: z.string(),
      }),
    ]),
  );

const snapshotSchema = z.strictObject({
  version: z.literal(1),
  takenAt: z.string(),
  target: z.strictObject({
    context: z.string(),
    server: z.string(),
    identity: z.string(),
    namespace: z.string(),
    release: z.string(),
  }),
  facts: z.strictObject(
    Object.fromEntries(Object.entries(factSchemas).map(([name, schema]) => [name, factOf(schema)])),
  ),
});

/**
 * A snapshot as text. Whatever is not part of the schema is refused, so that nothing gets into a
 * file that a look at the schema would not tell of; it has no place for the value of a Secret.
 * @throws where a part is not what its schema says: a mistake of ours
 */
export function formatSnapshot(snapshot: FactsSnapshot): string {
  return `${JSON.stringify(z.parse(snapshotSchema, snapshot), null, 2)}\n`;
}

/**
 * Reads a snapshot.
 * @param path where it came from, for the error
 * @throws DeployError (usage) where it is none, or one of another version
 */
export function parseSnapshot(text: string, path: string): FactsSnapshot {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw notASnapshot(path, 'It is not JSON.');
  }
  const version = z.safeParse(z.looseObject({ version: z.number() }), data);
  if (version.success && version.data.version !== 1)
    throw notASnapshot(
      path,
      `It has version ${version.data.version}; this program reads version 1.`,
    );
  const parsed = z.safeParse(snapshotSchema, data);
  if (parsed.success) return parsed.data as FactsSnapshot;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw notASnapshot(path, `${where ? `At ${where}: ` : ''}${issue?.message ?? 'invalid'}.`);
}

/**
 * Saves a snapshot, whole or not at all, for this user's eyes only.
 * @throws DeployError (failure) where it cannot be written
 */
export function writeSnapshot(
  path: string,
  snapshot: FactsSnapshot,
  cleanup: Cleanup,
): Promise<WriteResult> {
  return writeFileAtomically(path, formatSnapshot(snapshot), {
    mode: 0o600,
    backup: false,
    cleanup,
  });
}

/**
 * Reads a saved snapshot; `-` is standard input.
 * @throws DeployError (usage) where the file cannot be read or is no snapshot
 */
export async function readSnapshot(
  path: string,
  { stdin }: Pick<ReadOptions, 'stdin'>,
): Promise<FactsSnapshot> {
  return parseSnapshot(await readTextFile(path, { stdin, maximumBytes: largestFile }), path);
}

function notASnapshot(path: string, why: string): DeployError {
  return new DeployError(exitCodes.usage, {
    message: `${path} is not a snapshot of a cluster's facts.`,
    why,
    next: 'Make one with create-xerv-deploy check --facts-out FILE.',
    where: path,
  });
}
