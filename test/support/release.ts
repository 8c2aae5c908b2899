import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { openApi } from '../../src/cluster/connection.ts';
import { createExec } from '../../src/cluster/exec.ts';
import { createHelm } from '../../src/cluster/helm.ts';
import { openReleaseStorage } from '../../src/cluster/releases.ts';
import type { ClusterAccess } from '../../src/cluster/types.ts';
import { createCleanup } from '../../src/files/cleanup.ts';
import { applyRelease } from '../../src/release/apply.ts';
import type { Graces } from '../../src/release/causes/suspicion.ts';
import { claimsThatWouldGo } from '../../src/release/claims.ts';
import type { ReleaseEvent } from '../../src/release/events.ts';
import { expectedSeconds } from '../../src/release/expected-seconds.ts';
import { lastRun } from '../../src/release/known-to-run.ts';
import { readLiveValueOverrides } from '../../src/release/live-values.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import { isInstalled } from '../../src/release/preconditions/release-state.ts';
import { planSecrets } from '../../src/release/secrets.ts';
import type { Target } from '../../src/release/target.ts';
import { readTargetState } from '../../src/release/target-state.ts';
import type { ApplyPlan, ReleaseDependencies } from '../../src/release/types.ts';
import type { PendingSecret } from '../../src/values/secrets.ts';
import type { Tree } from '../../src/values/tree.ts';
import { type ClusterUser, kubectl, kubectlJson, type SharedCluster } from './cluster.ts';
import { runCommand } from './run-command.ts';

/** The helms that everything must work with. */
export const helms = ['helm3', 'helm4'] as const;

export interface DependencyOptions {
  readonly user?: ClusterUser;
  readonly helm?: (typeof helms)[number];
}

/** What acting on a release needs, on the shared control plane; closed after the running test. */
export async function openDependencies(
  cluster: SharedCluster,
  { user = 'admin', helm = 'helm4' }: DependencyOptions = {},
): Promise<ReleaseDependencies> {
  // kubectl and helm keep caches at home, which without HOME is the working directory.
  const env = { PATH: process.env.PATH, HOME: tmpdir() };
  const exec = createExec();
  const access: ClusterAccess = {
    kubeconfig: cluster.kubeconfigs[user],
    context: undefined,
    server: cluster.server,
    impersonateUser: undefined,
    impersonateGroups: [],
    requestTimeoutMilliseconds: 15_000,
  };
  const api = await openApi(access, { kubectl: cluster.tools.kubectl, exec, env });
  onTestFinished(() => api.close());
  const forHelm = { path: cluster.tools[helm], exec, access, env };
  return {
    api,
    helm: createHelm(forHelm),
    access,
    releases: openReleaseStorage(api, forHelm),
    cleanup: createCleanup(),
    now: Date.now,
    sleep: (milliseconds, signal) =>
      pause(milliseconds, undefined, signal ? { signal } : {}).catch(() => {}),
  };
}

/** A target on the shared control plane. */
export function targetOf(cluster: SharedCluster, namespace: string, release = 'xerv'): Target {
  const { context, server } = cluster;
  return { context, server, identity: 'test', namespace, release };
}

export interface PlanOptions {
  readonly values?: Tree;
  readonly chart?: string;
  readonly createNamespace?: boolean;
  readonly pending?: readonly PendingSecret[];
  readonly timeoutSeconds?: number;
  readonly valuesFile?: ApplyPlan['valuesFile'];
  readonly graces?: Graces;
}

/** Short ones, where a test need not wait as long as a user would want it to. */
export const shortGraces: Graces = {
  image: 2,
  crash: 2,
  config: 2,
  unschedulable: 2,
  claim: 2,
  refused: 3,
  blocked: 5,
  gone: 2,
};

/** What the commands do before consent: looks at what is live, renders and plans. */
export async function makePlan(
  deps: ReleaseDependencies,
  target: Target,
  options: PlanOptions = {},
): Promise<ApplyPlan> {
  const { chart = bundledChart, pending = [] } = options;
  const state = await readTargetState(deps, target);
  if (state.problems.length > 0) throw new Error(state.problems[0]?.message);
  const live = isInstalled(state.history) ? state.history.newest : undefined;
  const [overrides, secrets] = await Promise.all([
    readLiveValueOverrides(deps.api, live, undefined),
    planSecrets(deps.api, target, pending, live?.values as Tree | undefined),
  ]);
  const values: Tree = { ...options.values, ...overrides.values };
  const rendered = await deps.helm.template({
    chart: { reference: chart },
    release: target.release,
    namespace: target.namespace,
    values: JSON.stringify(values),
    kubeVersion: 'v1.36.3',
    isUpgrade: live !== undefined,
  });
  if (!rendered.ok) throw new Error(rendered.failure.detail);
  const objects = parseManifest(rendered.value);
  return {
    action: live ? 'upgrade' : 'install',
    target,
    chart: { reference: chart, bundled: chart === bundledChart },
    values,
    createNamespace: options.createNamespace ?? state.namespace === 'absent',
    secrets,
    live,
    manifest: rendered.value,
    claimsToKeep: claimsThatWouldGo(live, objects),
    timeoutSeconds: options.timeoutSeconds ?? expectedSeconds(objects, live !== undefined),
    ranBefore: state.history && lastRun(state.history, false),
    valuesFile: options.valuesFile,
    ...(options.graces ? { graces: options.graces } : {}),
  };
}

export const bundledChart = fileURLToPath(new URL('../../charts/xerv', import.meta.url));

/** A chart whose releases look like those of upstream 0.1.0. */
export const upstreamChart = fileURLToPath(new URL('../fixtures/upstream-0.1.0', import.meta.url));

/** A chart that is not XERV. */
export async function makeForeignChart(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-chart-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(
    join(directory, 'Chart.yaml'),
    'apiVersion: v2\nname: postgresql\nversion: 1.2.3\n',
  );
  return directory;
}

/** helm as a user runs it. @throws where it fails */
export async function runHelm(
  cluster: SharedCluster,
  helm: (typeof helms)[number],
  args: readonly string[],
): Promise<string> {
  const { code, stdout, stderr } = await runCommand(cluster.tools[helm], [
    ...['--kubeconfig', cluster.kubeconfigs.admin],
    ...args,
  ]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** Installs with the program's own parts, and expects it to end well. */
export async function install(
  deps: ReleaseDependencies,
  target: Target,
  options: PlanOptions = {},
): Promise<readonly ReleaseEvent[]> {
  const plan = await makePlan(deps, target, options);
  const { events, result } = await run(applyRelease(deps, plan, new AbortController().signal));
  if (result.outcome !== 'done') throw new Error(JSON.stringify(events.at(-1), null, 1));
  return events;
}

/** The event that tells how it ended. */
export function outcomeOf(events: readonly ReleaseEvent[]) {
  const last = events.at(-1);
  if (last?.type !== 'outcome') throw new Error(`the last event is ${last?.type}`);
  return last;
}

/** Names of the objects of a kind in a namespace. */
export async function names(
  cluster: SharedCluster,
  kind: string,
  namespace: string,
): Promise<string[]> {
  const { items } = await kubectlJson<{ items: { metadata: { name: string } }[] }>(cluster, [
    ...['get', kind, '-n', namespace],
  ]);
  return items.map(({ metadata }) => metadata.name).sort();
}

/** Makes the newest revision look as a helm leaves it that was killed. */
export async function setReleaseStatus(
  cluster: SharedCluster,
  namespace: string,
  status: string,
): Promise<void> {
  const records = (await names(cluster, 'secrets', namespace)).filter((name) =>
    name.startsWith('sh.helm.release.v1.xerv.'),
  );
  const record = records.at(-1) ?? '';
  const secret = await kubectlJson<{
    metadata: { labels: Readonly<Record<string, string>> };
    data: { release: string };
  }>(cluster, [...['get', 'secret', record, '-n', namespace]]);
  const packed = Buffer.from(Buffer.from(secret.data.release, 'base64').toString(), 'base64');
  const release = JSON.parse(gunzipSync(packed).toString()) as { info: { status: string } };
  release.info.status = status;
  const stored = gzipSync(JSON.stringify(release)).toString('base64');
  const changed = {
    ...secret,
    metadata: { ...secret.metadata, labels: { ...secret.metadata.labels, status } },
    data: { release: Buffer.from(stored).toString('base64') },
  };
  // By standard input: the record holds the whole chart, which is more than an argument may.
  const { code, stderr } = await kubectl(cluster, ['replace', '-n', namespace, '-f', '-'], {
    input: JSON.stringify(changed),
  });
  if (code !== 0) throw new Error(stderr);
}

/** Runs a generator to its end. */
export async function run<T>(
  events: AsyncGenerator<ReleaseEvent, T>,
  onEvent: (event: ReleaseEvent) => void = () => {},
): Promise<{ readonly events: readonly ReleaseEvent[]; readonly result: T }> {
  const seen: ReleaseEvent[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { events: seen, result: next.value };
    seen.push(next.value);
    onEvent(next.value);
  }
}
