import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type ClusterFacts, type FactName, known } from '../../src/cluster/facts/facts.ts';
import { gatherFacts } from '../../src/cluster/facts/gather.ts';
import { clusterGatherers } from '../../src/cluster/facts/gatherers.ts';
import { subjectOf } from '../../src/cluster/facts/subject.ts';
import { dryRunObjects } from '../../src/release/dry-run.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import { isInstalled } from '../../src/release/preconditions/release-state.ts';
import { checkPreconditions } from '../../src/release/preconditions.ts';
import { readTargetState } from '../../src/release/target-state.ts';
import type { Tree } from '../../src/values/tree.ts';
import { checkInput } from './check-input.ts';
import type { ClusterUser, SharedCluster } from './cluster.ts';
import { gatheredParts } from './facts.ts';
import { openDependencies, targetOf } from './release.ts';
import { type Rendering, render } from './render.ts';

/** What was seen of a real cluster, and for which values. */
export interface Recording {
  readonly namespace: string;
  /** What the values asked for; what the obstacles and the dry run are about. */
  readonly values: Tree;
  /** The live release's own values; absent for an install. */
  readonly live?: Tree;
  readonly facts: ClusterFacts;
}

export interface RecordOptions {
  readonly namespace: string;
  readonly values?: Tree;
  readonly user?: ClusterUser;
}

/** Parts that no check reads of what is recorded. */
const leftOut: ReadonlySet<FactName> = new Set([
  'permissions',
  'configMaps',
  'priorityClasses',
  'runtimeClasses',
  'knownServices',
  'secretNames',
]);

/** The chart as the program renders it for a cluster of which these facts are known. */
export function renderFor(
  { namespace, facts }: Pick<Recording, 'namespace' | 'facts'>,
  values: Tree,
  isUpgrade = false,
): Promise<Rendering> {
  const { server, apis } = facts;
  return render(values, {
    namespace,
    args: [
      ...(server?.state === 'known' ? ['--kube-version', server.value.gitVersion] : []),
      ...(apis?.state === 'known' ? apis.value : []).flatMap((one) => ['--api-versions', one]),
      ...(isUpgrade ? ['--is-upgrade'] : []),
    ],
  });
}

/** Looks at everything that the checks may read, as a user sees it. */
export async function record(
  cluster: SharedCluster,
  { namespace, values = {}, user = 'admin' }: RecordOptions,
): Promise<Recording> {
  const deps = await openDependencies(cluster, { user });
  const target = targetOf(cluster, namespace);
  const { signal } = new AbortController();
  const state = await readTargetState(deps, target);
  const newest = isInstalled(state.history) ? state.history.newest : undefined;
  const live = newest?.values as Tree | undefined;
  const look = (names: readonly FactName[], objects: ReturnType<typeof parseManifest>) => {
    const { effective } = checkInput({ values, objects });
    const subject = subjectOf({ target, objects, effective });
    return gatherFacts(names, clusterGatherers, { api: deps.api, subject, signal });
  };
  const first = await look(['server', 'apis'], []);
  const rendering = await renderFor({ namespace, facts: first }, values, live !== undefined);
  const objects = parseManifest(rendering.text);
  const parts = gatheredParts.filter((name) => !leftOut.has(name));
  const [facts, obstacles, tried] = await Promise.all([
    look(parts, objects),
    checkPreconditions(deps, {
      target,
      action: live ? 'upgrade' : 'install',
      state,
      chartName: 'xerv',
      values: checkInput({ values }).effective,
      objects,
      plannedSecrets: [],
    }),
    dryRunObjects(deps.api, {
      ...target,
      objects,
      former: parseManifest(newest?.manifest ?? ''),
      state: state.namespace,
      serverSide: true,
    }),
  ]);
  return {
    namespace,
    values,
    ...(live ? { live } : {}),
    facts: {
      ...facts,
      obstacles: known(obstacles),
      dryRun: known(tried.map(({ entry }) => entry)),
    },
  };
}

/** As it is kept: the same on every machine and in every run. */
export function formatRecording(recording: Recording, cluster: Pick<SharedCluster, 'context'>) {
  const text = JSON.stringify({ ...recording, facts: inOrder(recording.facts) }, null, 2)
    .replaceAll(cluster.context, 'CONTEXT')
    .replace(/https?:\/\/(localhost|127\.0\.0\.1):\d+/g, 'https://SERVER')
    .replace(/dial tcp [\d.:]+/g, 'dial tcp ADDRESS')
    // Names of pods that nobody gave, and of objects that were tried elsewhere.
    .replace(/(pods \\"[a-z0-9-]*-)[a-z0-9]{5}\\"/g, '$1RANDOM\\"')
    .replace(/(-[0-9a-f]{8,10})-[a-z0-9]{5}"/g, '$1-RANDOM"')
    .replace(/-[0-9a-f]{8}\\"/g, '-RANDOM\\"');
  return `${text}\n`;
}

/** An API server lists the kinds of add-ons in any order. */
function inOrder(facts: ClusterFacts): ClusterFacts {
  const { apis } = facts;
  if (apis?.state !== 'known') return facts;
  return { ...facts, apis: known([...apis.value].sort()) };
}

export const recordingFile = (name: string) =>
  fileURLToPath(new URL(`../fixtures/facts/${name}.json`, import.meta.url));

export async function readRecording(name: string): Promise<Recording> {
  return JSON.parse(await readFile(recordingFile(name), 'utf8'));
}
