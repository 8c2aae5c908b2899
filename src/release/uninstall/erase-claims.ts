import { persistentVolumeClaim } from '../../cluster/objects.ts';
import type { Problem } from '../../errors.ts';
import { claimLedger } from '../claims.ts';
import { kubectlCommand, ownCommand } from '../command-text.ts';
import { ownClaims, type UninstallPlan } from '../plan-uninstall.ts';
import { paths } from '../resource-paths.ts';
import type { Target } from '../target.ts';
import type { ReleaseDependencies } from '../types.ts';
import { findMaker, type Maker } from './claim-maker.ts';
import {
  type DeletedClaim,
  type Deletion,
  defaultTimeoutSeconds,
  deleteClaims,
} from './delete-claims.ts';

export interface EraseOptions {
  /** What the StatefulSet controller calls itself; empty where that is not known. */
  readonly controllers: ReadonlySet<string>;
  /** When helm had removed the release, in milliseconds since the epoch; undefined: long ago. */
  readonly removedAt: number | undefined;
  readonly timeoutSeconds?: number | undefined;
}

const pauseMilliseconds = 250;
/** How long no claim may come before none is expected any more. */
const quietMilliseconds = 1000;
/** As long after the removal a controller may still be at work that began before it. */
const lateMilliseconds = 10_000;

/**
 * Erases the data of a release whose pods are gone, and looks again: the StatefulSet controller
 * works on what it saw last, and where it was busy with the set when that was removed, it makes
 * the claims of pods that are still to come
 * (https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/statefulset). Such
 * leftovers are of the release, and go too; a claim that anybody else made stays, and is told.
 */
export async function eraseClaims(
  deps: Pick<ReleaseDependencies, 'api' | 'now' | 'sleep'>,
  plan: UninstallPlan,
  { controllers, removedAt, timeoutSeconds = defaultTimeoutSeconds }: EraseOptions,
  signal: AbortSignal,
): Promise<Deletion[]> {
  const { api, now, sleep } = deps;
  const { target } = plan;
  const deadline = now() + timeoutSeconds * 1000;
  const fates = new Map<string, Deletion>();
  const seen = new Set<string>();
  const remember = (deletions: readonly Deletion[]) => {
    for (const deletion of deletions) {
      seen.add(deletion.entry.uid);
      fates.set(deletion.entry.name, deletion);
    }
  };
  const remove = async (entries: readonly DeletedClaim[]) =>
    remember(await deleteClaims(deps, target, entries, timeLeft(deadline, now()), signal));
  await remove(ownClaims(plan));
  const isLate = removedAt !== undefined && now() - removedAt < lateMilliseconds;
  let quietUntil = now() + (isLate ? quietMilliseconds : 0);
  while (!signal.aborted) {
    const newcomers = (await findNewcomers(deps, plan, fates)).filter(({ uid }) => !seen.has(uid));
    const judged = await Promise.all(
      newcomers.map(async (entry) => ({
        entry,
        maker: await findMaker(api, target.namespace, entry, controllers),
      })),
    );
    await remove(judged.flatMap(({ entry, maker }) => (maker.kind === 'controller' ? entry : [])));
    remember(judged.flatMap(({ entry, maker }) => notOurs(entry, maker, target) ?? []));
    if (newcomers.length > 0) quietUntil = now() + quietMilliseconds;
    if (now() >= Math.min(quietUntil, deadline)) break;
    await sleep(pauseMilliseconds, signal);
  }
  return [...fates.values()];
}

function timeLeft(deadline: number, now: number): number {
  return Math.max(1, (deadline - now) / 1000);
}

/** Claims of the release, or with the name of one that was deleted. */
async function findNewcomers(
  { api }: Pick<ReleaseDependencies, 'api'>,
  { target, release, manifest }: UninstallPlan,
  known: ReadonlyMap<string, Deletion>,
): Promise<DeletedClaim[]> {
  const listed = await api.list(paths.claims(target.namespace), persistentVolumeClaim);
  if (!listed.ok) return [];
  const ledger = claimLedger({
    release: target.release,
    manifest: release ? manifest : undefined,
    claims: listed.value,
    pods: undefined,
    volumes: new Map(),
  });
  const own = new Set(ownClaims({ ledger }).map(({ name }) => name));
  return listed.value.flatMap(({ metadata: { name, uid = '' }, spec }): DeletedClaim[] => {
    if (!own.has(name) && !known.has(name)) return [];
    const volume = spec.volumeName || undefined;
    return [{ name, uid, volume: volume ? { kind: 'unknown', name: volume } : { kind: 'none' } }];
  });
}

function notOurs(entry: DeletedClaim, maker: Maker, target: Target): Deletion | undefined {
  const problem = describeMaker(entry, maker, target);
  return problem && { entry, fate: 'there', problem };
}

function describeMaker({ name }: DeletedClaim, maker: Maker, target: Target): Problem | undefined {
  const message = `Claim ${name} was created while the data was being deleted, and was left alone.`;
  if (maker.kind === 'set')
    return {
      message,
      why: `StatefulSet ${maker.set} uses it. The StatefulSet was not removed, or was recreated.`,
      next: `See who did: ${kubectlCommand(target, 'get', 'statefulset', maker.set, '-o', 'yaml')}`,
    };
  if (maker.kind === 'other')
    return {
      message,
      why: 'It is not the one you saw, and may hold someone’s data.',
      next: `To look: ${kubectlCommand(target, 'describe', 'pvc', name)}. To delete it, too: ${ownCommand(target, 'uninstall', '--delete-data')}`,
    };
  return undefined;
}
