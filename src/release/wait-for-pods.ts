import { type Pod, pod } from '../cluster/objects.ts';
import type { Problem } from '../errors.ts';
import { identityLabels } from './claims.ts';
import { type CommandTarget, kubectlCommand } from './command-text.ts';
import type { ReleaseEvent } from './events.ts';
import type { UninstallPlan } from './plan-uninstall.ts';
import { describePod } from './pod-state.ts';
import { isPassing } from './read-snapshot.ts';
import { labelQuery, paths } from './resource-paths.ts';
import type { ReleaseDependencies } from './types.ts';

export type PodsStopped =
  | { readonly kind: 'gone' }
  | { readonly kind: 'stuck'; readonly pods: readonly Pod[] }
  | { readonly kind: 'unknown'; readonly message: string };

/** Beyond the grace period: for volumes to be unmounted and the kubelet to report. */
const extraSeconds = 60;
const defaultGraceSeconds = 30;
const pauseMilliseconds = 300;

/**
 * Waits until no pod of the release is left. Yields an event whenever one went.
 * @param timeoutSeconds without it, the pods' own grace period and a minute
 */
export async function* waitForPodsToStop(
  { api, now, sleep }: ReleaseDependencies,
  { target, release, manifest }: UninstallPlan,
  timeoutSeconds: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, PodsStopped> {
  const labels = identityLabels(target.release, release ? manifest : undefined);
  const path = `${paths.pods(target.namespace)}${labelQuery(labels)}`;
  const startedAt = now();
  let shown = '';
  let pods: readonly Pod[] = [];
  for (;;) {
    const read = await api.list(path, pod, signal);
    if (signal.aborted) return { kind: 'stuck', pods };
    if (!read.ok && !isPassing(read.failure))
      return { kind: 'unknown', message: read.failure.message };
    const elapsed = (now() - startedAt) / 1000;
    if (read.ok) {
      pods = read.value;
      const states = pods.map((item) => describePod(item, true, now()));
      const key = states.map(({ name, state }) => `${name} ${state}`).join();
      if (key !== shown)
        yield {
          type: 'rollout',
          ready: states.filter(({ state }) => state === 'ready').length,
          wanted: 0,
          pods: states,
          claims: [],
          elapsedSeconds: Math.round(elapsed),
        };
      shown = key;
      if (pods.length === 0) return { kind: 'gone' };
    }
    const grace = Math.max(
      ...pods.map(({ spec }) => spec.terminationGracePeriodSeconds ?? defaultGraceSeconds),
      0,
    );
    if (elapsed >= (timeoutSeconds ?? grace + extraSeconds))
      return read.ok ? { kind: 'stuck', pods } : { kind: 'unknown', message: read.failure.message };
    await sleep(pauseMilliseconds, signal);
  }
}

/** Pods that do not stop, and what can be done. */
export function describeStuckPods(
  stopped: Exclude<PodsStopped, { kind: 'gone' }>,
  target: CommandTarget,
): Problem {
  if (stopped.kind === 'unknown')
    return { message: 'Could not read whether the pods have stopped.', why: stopped.message };
  const names = stopped.pods.map(({ metadata }) => metadata.name);
  const first = names[0] ?? '';
  const where = stopped.pods.map(
    ({ metadata, spec }) =>
      `${metadata.name}${spec.nodeName ? ` on node ${spec.nodeName}` : ''}${metadata.finalizers.length > 0 ? `, held by finalizer ${metadata.finalizers.join(', ')}` : ''}`,
  );
  return {
    message: `${names.join(', ')} ${names.length === 1 ? 'does' : 'do'} not stop.`,
    why: where.join('; '),
    next: `See why: ${kubectlCommand(target, 'describe', 'pod', first)}. Only if the node is gone for good: ${kubectlCommand(target, 'delete', 'pod', first, '--force', '--grace-period=0')}`,
  };
}
