import { sizeNotices } from './claim-sizes.ts';
import { helmCommand, kubectlCommand, ownCommand } from './command-text.ts';
import type { ReleaseEvent } from './events.ts';
import { type ManifestObject, parseManifest, workloadsOf } from './manifest.ts';
import {
  concludeCancelled,
  concludeDone,
  concludeFailed,
  notice,
  type Outcome,
} from './outcome.ts';
import { releaseShape } from './read-snapshot.ts';
import { countPods, type RolloutState } from './rollout-state.ts';
import { removeSupersededSecrets } from './superseded-secrets.ts';
import type { ChangePlan, ReleaseDependencies } from './types.ts';
import { type WatchResult, watchRollout } from './watch.ts';

/** Watches what helm has applied, and tells how it went. helm has ended: nothing is undone here. */
export async function* followRollout(
  deps: ReleaseDependencies,
  plan: ChangePlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const { target } = plan;
  const objects = parseManifest(plan.manifest);
  const result = yield* watchRollout(
    deps,
    {
      target,
      shape: releaseShape(objects),
      timeoutSeconds: plan.timeoutSeconds,
      ...(plan.graces ? { graces: plan.graces } : {}),
      secrets: plan.secrets.map(({ pending }) => pending.material.reveal()),
    },
    signal,
  );
  const status = `See the state: ${ownCommand(target, 'status')}`;
  switch (result.kind) {
    case 'ready':
      await deps.releases.markRan({
        namespace: target.namespace,
        name: target.release,
        before: plan.live?.revision,
      });
      yield* removeSupersededSecrets(deps, plan);
      for (const message of [
        ...backendNotices(objects),
        ...sizeNotices(target, objects, result.state.claims),
      ])
        yield notice(message, 'warning');
      return yield* concludeDone({
        message: doneMessage(objects, result.state),
        state: `Release ${target.release} is deployed in namespace ${target.namespace}.`,
        next: nextSteps(plan, objects),
      });
    case 'stopped':
      return yield* concludeCancelled({
        message: 'Stopped watching; the rollout continues in the cluster.',
        state: `helm had finished: release ${target.release} is deployed${counted(result.state)}.`,
        next: [status],
      });
    case 'blind':
      return yield* concludeFailed(true, {
        message: `The rollout can no longer be watched: ${result.message}`,
        state: `helm had finished: release ${target.release} is deployed; the state of its pods is unknown.`,
        next: [status],
      });
    case 'failing':
    case 'timeout':
      return yield* concludeFailed(true, {
        message: failureMessage(result, plan),
        state: `helm had finished: release ${target.release} is deployed${counted(result.state)}. Nothing was undone.`,
        diagnoses: result.diagnoses,
        next: [status, ...wayBack(plan)],
      });
  }
}

function doneMessage(objects: readonly ManifestObject[], { ready, wanted }: RolloutState): string {
  const release =
    workloadsOf(objects).length > 0 ? `${ready} of ${wanted} ready` : 'no pods wanted';
  const raft = backendOf(objects) === 'raft' ? ', leader not verified' : '';
  return wanted === 0 ? 'XERV is installed with no pods' : `XERV is running: ${release}${raft}`;
}

function counted(state: RolloutState | undefined): string {
  return state ? `, ${countPods(state)}` : '';
}

function failureMessage(
  result: Extract<WatchResult, { kind: 'failing' | 'timeout' }>,
  { timeoutSeconds }: ChangePlan,
): string {
  const first = result.diagnoses[0];
  if (result.kind === 'failing') return `The rollout failed: ${first?.message ?? 'see below'}`;
  const waiting = result.state.waitingFor.join('; ');
  return `The rollout did not finish within ${timeoutSeconds} s; still waiting for ${waiting || 'the cluster'}`;
}

function wayBack({ action, target, live, ranBefore }: ChangePlan): string[] {
  if (action === 'rollback') return [];
  if (ranBefore !== undefined)
    return [
      `Go back to revision ${ranBefore}, which ran: ${helmCommand(target, 'rollback', target.release, String(ranBefore))}`,
    ];
  return [
    ...(live
      ? [
          `No earlier revision is known to have run; what helm keeps: ${helmCommand(target, 'history', target.release)}`,
        ]
      : []),
    `Remove it (claims are kept): ${ownCommand(target, 'uninstall', '--keep-data')}`,
  ];
}

function nextSteps(
  { target, valuesFile }: ChangePlan,
  objects: readonly ManifestObject[],
): string[] {
  const service = findService(objects);
  return [
    ...(service
      ? [
          `Inside     http://${service.name}.${target.namespace}.svc:${service.port}`,
          `From here  ${kubectlCommand(target, 'port-forward', `svc/${service.name}`, String(service.port))}`,
        ]
      : []),
    `Look       ${ownCommand(target, 'status')}`,
    ...(valuesFile
      ? [`Values     ${valuesFile.shown} (keep it: the next change starts from it)`]
      : []),
  ];
}

/** The Service that clients use: not the headless one. */
function findService(
  objects: readonly ManifestObject[],
): { name: string; port: number } | undefined {
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'Service' || typeof spec !== 'object' || spec === null) continue;
    const { clusterIP, ports } = spec as { clusterIP?: unknown; ports?: unknown };
    if (clusterIP === 'None' || !Array.isArray(ports)) continue;
    const http = ports.find((port) => port?.name === 'http') ?? ports[0];
    if (typeof http?.port === 'number') return { name: metadata.name, port: http.port };
  }
  return undefined;
}

/** The dispatch backend that the pods are told to use. */
export function backendOf(objects: readonly ManifestObject[]): string | undefined {
  return (
    workloadsOf(objects)
      .flatMap(({ object }) => object.spec.template?.spec.containers ?? [])
      .flatMap(({ env }) => env)
      .find(({ name }) => name === 'XERV_DISPATCH_BACKEND')?.value ?? undefined
  );
}

/** What readiness does not prove. */
export function backendNotices(objects: readonly ManifestObject[]): string[] {
  const backend = backendOf(objects);
  if (!backend || backend === 'memory') return [];
  return [
    `Ready pods do not prove the ${backend} backend: a XERV image built without ${backend} (0.1.0 is one) runs from memory and says so only in its log (“falling back to memory”).`,
  ];
}
