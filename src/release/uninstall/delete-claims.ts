import { persistentVolumeClaim, pod } from '../../cluster/objects.ts';
import type { ApiFailure, ApiResult } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { type LedgerEntry, mounts } from '../claims.ts';
import { kubectlCommand } from '../command-text.ts';
import type { Claim } from '../kinds.ts';
import { optional } from '../optional.ts';
import { paths } from '../resource-paths.ts';
import type { Target } from '../target.ts';
import type { ReleaseDependencies } from '../types.ts';

/** As much of the ledger as it takes to delete a claim. */
export type DeletedClaim = Pick<LedgerEntry, 'name' | 'uid' | 'volume'>;

/** What became of one claim; without a problem it is gone. */
export interface Deletion {
  readonly entry: DeletedClaim;
  /** `unknown`: the cluster did not tell. */
  readonly fate: 'gone' | 'there' | 'unknown';
  readonly problem: Problem | undefined;
}

/** How long claims may take to go. */
export const defaultTimeoutSeconds = 60;
const pauseMilliseconds = 250;

/**
 * Deletes claims by name and uid, so that one that was made anew meanwhile stays, and waits until
 * they are gone: a claim that a pod still mounts is only marked. Of one that came in its place
 * nothing is said here.
 */
export async function deleteClaims(
  { api, now, sleep }: Pick<ReleaseDependencies, 'api' | 'now' | 'sleep'>,
  target: Target,
  entries: readonly DeletedClaim[],
  timeoutSeconds = defaultTimeoutSeconds,
  signal?: AbortSignal,
): Promise<Deletion[]> {
  const deadline = now() + timeoutSeconds * 1000;
  return Promise.all(
    entries.map(async (entry): Promise<Deletion> => {
      const path = `${paths.claims(target.namespace)}/${entry.name}`;
      const asked = await api.delete(path, { uid: entry.uid });
      if (!asked.ok) {
        // The server may have done it, and only its answer was lost.
        const wasDone =
          unanswered.has(asked.failure.kind) &&
          isGone(await optional(api.get(path, persistentVolumeClaim)), entry);
        return wasDone ? gone(entry) : notDeleted(entry, asked.failure);
      }
      for (;;) {
        const read = await optional(api.get(path, persistentVolumeClaim));
        if (isGone(read, entry)) return gone(entry);
        const isLast = now() >= deadline || signal?.aborted;
        if (isLast && !read.ok)
          return { entry, fate: 'unknown', problem: unread(entry, target, read.failure.message) };
        if (isLast) {
          const pods = await mounters(api, target, entry);
          return { entry, fate: 'there', problem: stillThere(entry, target, pods) };
        }
        await sleep(pauseMilliseconds, signal);
      }
    }),
  );
}

function gone(entry: DeletedClaim): Deletion {
  return { entry, fate: 'gone', problem: undefined };
}

/** Of an answer that did not come, nobody knows what the server did before. */
const unanswered = new Set<ApiFailure['kind']>(['unreachable', 'timeout', 'cancelled']);

function notDeleted(entry: DeletedClaim, { kind, message }: ApiFailure): Deletion {
  // A conflict: the claim of that name has another uid.
  if (kind === 'not-found' || kind === 'conflict') return gone(entry);
  const fate = unanswered.has(kind) ? 'unknown' : 'there';
  return { entry, fate, problem: refused(entry, message) };
}

function isGone(read: ApiResult<Claim | undefined>, { uid }: DeletedClaim): boolean {
  return read.ok && read.value?.metadata.uid !== uid;
}

function refused({ name }: DeletedClaim, why: string): Problem {
  return { message: `Claim ${name} could not be deleted.`, why };
}

function unread({ name }: DeletedClaim, target: Target, why: string): Problem {
  return {
    message: `Claim ${name} is marked for deletion; could not read whether it is gone.`,
    why,
    next: `To look: ${kubectlCommand(target, 'get', 'pvc', name)}`,
  };
}

/** Pods that mount the claim now; whatever they belong to, they hold it. */
async function mounters(
  api: ReleaseDependencies['api'],
  { namespace }: Target,
  { name }: DeletedClaim,
): Promise<string[]> {
  const pods = await api.list(paths.pods(namespace), pod);
  if (!pods.ok) return [];
  return pods.value.filter((item) => mounts(item, name)).map(({ metadata }) => metadata.name);
}

function stillThere({ name }: DeletedClaim, target: Target, pods: readonly string[]): Problem {
  const users = pods.length > 0 ? ` ${pods.join(', ')} ${pods.length === 1 ? 'does' : 'do'}.` : '';
  return {
    message: `Claim ${name} is marked for deletion but still there.`,
    why: `Kubernetes keeps it until no pod mounts it.${users}`,
    next: `It goes away when the last of them stops. To check: ${kubectlCommand(target, 'describe', 'pvc', name)}`,
  };
}
