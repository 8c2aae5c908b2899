import { describeApiFailure } from '../cluster/failure-problem.ts';
import type { ApiFailure, ApiResult } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import type { ReleaseEvent } from './events.ts';
import { keepOnUpgrade } from './keep-claims.ts';
import { anyObject, workload } from './kinds.ts';
import { parseManifest, workloadsOf } from './manifest.ts';
import { optional } from './optional.ts';
import { step } from './outcome.ts';
import { paths } from './resource-paths.ts';
import { createSecrets } from './secrets.ts';
import type { ChangePlan, ReleaseDependencies } from './types.ts';

/** What was done before helm. */
export interface Preparation {
  readonly namespaceCreated: boolean;
  /** Whether an object that was there has been changed. */
  readonly changed: boolean;
  /** Names of the Secrets that were created now. */
  readonly secrets: readonly string[];
  /** Why it could not go on. */
  readonly problem: Problem | undefined;
}

/**
 * What helm does not do, in this order: the namespace (helm's --create-namespace fails for who may
 * only edit an existing one), claims that the upgrade would remove, Secrets.
 */
export async function* prepareCluster(
  deps: ReleaseDependencies,
  plan: ChangePlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Preparation> {
  const { api, access } = deps;
  const { namespace } = plan.target;
  const done = { namespaceCreated: false, changed: false, secrets: [] as readonly string[] };
  const stop = (failure: ApiFailure, doing: string): Preparation => ({
    ...done,
    problem: describeApiFailure(failure, { doing, access }),
  });
  // Each write is finished, and its answer known, before an abort is heeded.
  if (plan.createNamespace && !signal.aborted) {
    const created = await createNamespace(deps, namespace);
    if (created.failure) return stop(created.failure, `create namespace ${namespace}`);
    done.namespaceCreated = created.created;
    yield step(`namespace ${namespace} created`, 'done');
  }
  if (plan.claimsToKeep.length > 0 && !signal.aborted) {
    const claims = plan.claimsToKeep.join(', ');
    const kept = await keepOnUpgrade(api, namespace, plan.claimsToKeep);
    if (!kept.ok) return stop(kept.failure, `mark ${claims} as to be kept`);
    done.changed = true;
    yield step(`${claims} marked as to be kept`, 'done');
  }
  if (signal.aborted) return { ...done, problem: undefined };
  const recreated = await allowRecreate(deps, plan);
  if (!recreated.ok) return stop(recreated.failure, 'change how the Deployment replaces its pods');
  for (const name of recreated.value) {
    done.changed = true;
    yield step(`Deployment ${name} set to replace its pods by stopping the old ones first`, 'done');
  }
  const secrets = await createSecrets(api, plan.target, plan.secrets);
  if (!secrets.ok) return stop(secrets.failure, 'create the Secret with the connection');
  done.secrets = secrets.value;
  for (const name of secrets.value) yield step(`Secret ${name} created`, 'done');
  return { ...done, problem: undefined };
}

/** One that somebody made meanwhile is as good. */
async function createNamespace(
  { api }: ReleaseDependencies,
  name: string,
): Promise<{ readonly created: boolean; readonly failure?: ApiFailure }> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const made = await api.post('/api/v1/namespaces', body, anyObject);
  if (made.ok) return { created: true };
  if (made.failure.reason === 'AlreadyExists') return { created: false };
  return { created: false, failure: made.failure };
}

/**
 * A live Deployment has `rollingUpdate` settings that the server filled in and that nobody's apply
 * owns: with server-side apply (helm 4) the change to Recreate leaves them, and the server refuses
 * the pair. So the strategy is changed beforehand; that alone replaces no pod.
 * @returns the names of Deployments that were changed
 */
async function allowRecreate(
  { api }: ReleaseDependencies,
  { live, manifest, target: { namespace } }: ChangePlan,
): Promise<ApiResult<string[]>> {
  const changed: string[] = [];
  if (!live) return { ok: true, value: changed };
  for (const { kind, name, object } of workloadsOf(parseManifest(manifest))) {
    if (kind !== 'Deployment' || object.spec.strategy?.type !== 'Recreate') continue;
    const path = `${paths.deployments(namespace)}/${name}`;
    const found = await optional(api.get(path, workload));
    if (!found.ok || !found.value?.spec.strategy?.rollingUpdate) continue;
    const body = { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } };
    const patched = await api.patch(`${path}?fieldManager=${manager}`, body, anyObject);
    if (!patched.ok) return patched;
    await giveUp(api, path);
    changed.push(name);
  }
  return { ok: true, value: changed };
}

/** Under which name we own fields that we change. */
const manager = 'create-xerv-deploy';

/** A controller that writes a status in between is faster a few times at most. */
const giveUpAttempts = 5;

/**
 * Gives up what we own of an object, so that it is helm's alone: a later change of the field back,
 * a rollback among them, would be refused by server-side apply as ours. Where that fails, the
 * change at hand can go on all the same.
 */
async function giveUp(api: ReleaseDependencies['api'], path: string): Promise<void> {
  for (let attempt = 0; attempt < giveUpAttempts; attempt += 1) {
    const read = await api.get(path, workload);
    if (!read.ok) return;
    const { managedFields, resourceVersion } = read.value.metadata;
    const others = (managedFields ?? []).filter((entry) => entry.manager !== manager);
    const body = { metadata: { resourceVersion, managedFields: others } };
    const given = await api.patch(`${path}?fieldManager=${manager}`, body, anyObject);
    if (given.ok || given.failure.kind !== 'conflict') return;
  }
}
