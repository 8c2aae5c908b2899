import type { Release, ReleaseHistory } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { type CommandTarget, helmCommand, ownCommand } from '../command-text.ts';
import type { Action } from '../events.ts';
import { ranBefore } from '../known-to-run.ts';

/** helm refuses to touch a release in these states (pkg/release, IsPending). */
const pending = new Set(['pending-install', 'pending-upgrade', 'pending-rollback']);

export function isPending(status: string): boolean {
  return pending.has(status);
}

/** Whether a release is installed, in whatever state; one whose history was kept is not. */
export function isInstalled(history: ReleaseHistory | undefined): history is ReleaseHistory {
  return history !== undefined && history.newest.status !== 'uninstalled';
}

export interface ReleaseStateInput {
  readonly target: CommandTarget;
  readonly action: Action;
  /** Name of the chart that is to be applied; `xerv` for an uninstall. */
  readonly chartName: string;
  readonly history: ReleaseHistory | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What about the release itself forbids the action. Pure. */
export function releaseStateProblems(input: ReleaseStateInput): Problem[] {
  const { history, action, target, chartName } = input;
  if (!isInstalled(history)) return [];
  const { newest } = history;
  if (newest.chartName !== chartName) return [foreignChart(newest, input)];
  if (action === 'uninstall') return [];
  if (isPending(newest.status)) return [pendingRelease(history, input)];
  if (newest.status === 'uninstalling')
    return [
      {
        message: `Release ${target.release} in namespace ${target.namespace} is half removed: an uninstall ${since(newest, input.now)} did not end.`,
        next: `Finish it (claims can be kept), then install again: ${ownCommand(target, 'uninstall')}`,
      },
    ];
  return [];
}

function foreignChart({ chartName, chartVersion }: Release, input: ReleaseStateInput): Problem {
  const { target } = input;
  return {
    message: `Release ${target.release} in namespace ${target.namespace} is of another chart: ${chartName} ${chartVersion}, not ${input.chartName}.`,
    why: 'Continuing would replace or remove something that is not XERV.',
    next: 'Choose another release name (--release) or another namespace (--namespace).',
  };
}

function pendingRelease(history: ReleaseHistory, { target, now }: ReleaseStateInput): Problem {
  const { newest, deployedRevision, revisions } = history;
  const ran = ranBefore(history);
  // Where none is known to have run, the last one that ended in some way has to do: helm gives its
  // lock back in no other way.
  const back =
    ran ?? deployedRevision ?? revisions.find(({ status }) => !isPending(status))?.revision;
  const operation = newest.status.replace('pending-', '');
  const wait = `Wait if an operation is running: ${helmCommand(target, 'history', target.release)}.`;
  const repair =
    back !== undefined && newest.status !== 'pending-install'
      ? `If not, go back to revision ${back}${ran === undefined ? ' (none is known to have run, but this releases helm’s lock)' : ', which ran'}: ${helmCommand(target, 'rollback', target.release, String(back))}`
      : // helm's own uninstall deletes claims that the chart of the release does not protect.
        `If not, remove it (the data stays) and install again: ${ownCommand(target, 'uninstall', '--keep-data')}`;
  return {
    message: `Release ${target.release} in namespace ${target.namespace} is ${newest.status}: a helm ${operation} started ${since(newest, now)} and has not ended.`,
    why: 'Either it is still running somewhere, or it was killed and left its lock behind; helm refuses every change until then.',
    next: `${wait} ${repair}`,
  };
}

/** "5 minutes ago (2026-01-31T10:00:00Z)". */
function since({ updated }: Release, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(updated)) / 1000));
  if (!Number.isFinite(seconds)) return 'at an unknown time';
  const units: readonly [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ];
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, 'second'];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago (${updated})`;
}

/** An upgrade where nothing is installed; names what was found elsewhere. */
export function nothingInstalled(
  target: CommandTarget,
  action: Action | 'status',
  elsewhere: readonly Release[],
): Problem {
  const commands = elsewhere.map(({ name, namespace, chartVersion }) => {
    const command = ownCommand({ ...target, namespace, release: name }, action);
    return `${command}   (xerv ${chartVersion})`;
  });
  return {
    message: `Nothing is installed as release ${target.release} in namespace ${target.namespace}.`,
    ...(commands.length > 0
      ? { why: 'XERV is installed elsewhere on this cluster.', next: commands.join('\n') }
      : action === 'upgrade'
        ? { next: `To install it: ${ownCommand(target, 'install')}` }
        : {}),
  };
}
