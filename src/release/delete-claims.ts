import { persistentVolumeClaim, pod } from '../cluster/objects.ts';
import type { ApiResult } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { type LedgerEntry, mounts } from './claims.ts';
import { kubectlCommand } from './command-text.ts';
import type { Claim } from './kinds.ts';
import { optional } from './optional.ts';
import { paths } from './resource-paths.ts';
import type { Target } from './target.ts';
import type { ReleaseDependencies } from './types.ts';

/** What became of one claim; without a problem it is gone. */
export interface Deletion {
  readonly entry: LedgerEntry;
  readonly problem: Problem | undefined;
}

const defaultTimeoutSeconds = 60;
const pauseMilliseconds = 250;

/**
 * Deletes claims by name and uid, so that one that was made anew meanwhile stays, and waits until
 * they are gone: a claim that a pod still mounts is only marked.
 */
export async function deleteClaims(
  { api, now, sleep }: Pick<ReleaseDependencies, 'api' | 'now' | 'sleep'>,
  target: Target,
  entries: readonly LedgerEntry[],
  timeoutSeconds = defaultTimeoutSeconds,
  signal?: AbortSignal,
): Promise<Deletion[]> {
  const deadline = now() + timeoutSeconds * 1000;
  return Promise.all(
    entries.map(async (entry): Promise<Deletion> => {
      const path = `${paths.claims(target.namespace)}/${entry.name}`;
      const asked = await api.delete(path, { uid: entry.uid });
      if (!asked.ok && asked.failure.kind === 'not-found') return { entry, problem: undefined };
      if (!asked.ok) {
        const replaced = asked.failure.kind === 'conflict';
        return {
          entry,
          problem: replaced ? madeAnew(entry) : refused(entry, asked.failure.message),
        };
      }
      for (;;) {
        const read = await optional(api.get(path, persistentVolumeClaim));
        if (isGone(read, entry)) return { entry, problem: undefined };
        const isLast = now() >= deadline || signal?.aborted;
        if (isLast && !read.ok) return { entry, problem: unread(entry, read.failure.message) };
        if (isLast)
          return { entry, problem: stillThere(entry, target, await mounters(api, target, entry)) };
        await sleep(pauseMilliseconds, signal);
      }
    }),
  );
}

function isGone(read: ApiResult<Claim | undefined>, { uid }: LedgerEntry): boolean {
  return read.ok && read.value?.metadata.uid !== uid;
}

function madeAnew({ name }: LedgerEntry): Problem {
  return {
    message: `Claim ${name} was not deleted: it is no longer the one that you saw.`,
    why: 'It was deleted and made anew meanwhile.',
  };
}

function refused({ name }: LedgerEntry, why: string): Problem {
  return { message: `Claim ${name} could not be deleted.`, why };
}

function unread({ name }: LedgerEntry, why: string): Problem {
  return {
    message: `Claim ${name} is marked for deletion; whether it is gone could not be read.`,
    why,
  };
}

/** Pods that mount the claim now; whatever they belong to, they hold it. */
async function mounters(
  api: ReleaseDependencies['api'],
  { namespace }: Target,
  { name }: LedgerEntry,
): Promise<string[]> {
  const pods = await api.list(paths.pods(namespace), pod);
  if (!pods.ok) return [];
  return pods.value.filter((item) => mounts(item, name)).map(({ metadata }) => metadata.name);
}

function stillThere({ name }: LedgerEntry, target: Target, pods: readonly string[]): Problem {
  const users = pods.length > 0 ? ` ${pods.join(', ')} ${pods.length === 1 ? 'does' : 'do'}.` : '';
  return {
    message: `Claim ${name} is marked for deletion but still there.`,
    why: `Kubernetes keeps it until no pod mounts it any more.${users}`,
    next: `It goes by itself when the last of them stops. To look: ${kubectlCommand(target, 'describe', 'pvc', name)}`,
  };
}
