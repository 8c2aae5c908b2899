import { catalogue } from '../checks/catalogue.ts';
import { applicable, neededFacts, runChecks } from '../checks/run.ts';
import type { Check, CheckInput, Finding } from '../checks/types.ts';
import {
  type ClusterFacts,
  type Fact,
  type FactName,
  type FactValue,
  known,
} from '../cluster/facts/facts.ts';
import { type Gatherers, gatherFacts } from '../cluster/facts/gather.ts';
import { clusterGatherers, foreseen, placeGatherers } from '../cluster/facts/gatherers.ts';
import { releaseFact } from '../cluster/facts/release-fact.ts';
import { subjectOf } from '../cluster/facts/subject.ts';
import type { HelmVersion } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { beginDryRun, type DryRun, type TriedObject } from '../release/dry-run.ts';
import { type ManifestObject, parseManifest, readManifest } from '../release/manifest.ts';
import { checkPreconditions, foreseePreconditions } from '../release/preconditions.ts';
import type { ApplyPlan, Chart } from '../release/types.ts';
import type { Tree } from '../values/tree.ts';
import { typedValues } from './chart-schema.ts';
import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';
import { collect } from './refuse.ts';
import { renderDraft } from './render-draft.ts';

/** Findings of a draft, and what they looked at. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly facts: ClusterFacts;
  /** Undefined where the chart refuses the values; `problems` say why. */
  readonly manifest: string | undefined;
  /** The same, read; empty where there is none. */
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
  /** What the API server said of each object, with what it would store. */
  readonly tried: readonly TriedObject[];
}

export interface JudgeOptions {
  /** Parts of the facts to look at besides, so that other values can be judged on them. */
  readonly more?: readonly FactName[];
  /** Whether the API server tries the objects out; without it, the checks that tell of it rest. */
  readonly dryRun?: boolean;
}

/**
 * Renders, looks at the cluster and runs every check that these values make worth running.
 * @param action `upgrade` where a release must be there already
 */
export async function judge(
  context: CommandContext,
  draft: Draft,
  action: ApplyPlan['action'],
  { more = [], dryRun = true }: JudgeOptions = {},
): Promise<Judgement> {
  const { signal } = context;
  const { api } = draft;
  const { target } = draft.session;
  const checksOf = (input: Omit<CheckInput, 'facts'>) =>
    checksFor(draft.chart).filter((check) => dryRun || !check.needs(input).includes('dryRun'));
  const needed = (input: Omit<CheckInput, 'facts'>) =>
    new Set([...neededFacts(applicable(checksOf(input), input), input), ...more]);
  const problems: Problem[] = [];
  // While helm renders, those parts are looked at that the values alone make worth a look, and what
  // is going to be asked whatever comes of it.
  const neededByValues = [...needed(checkInput(draft, undefined))];
  const beforehand = new Set(neededByValues.filter((name) => Object.hasOwn(placeGatherers, name)));
  for (const foresee of foreseen) foresee(api, signal);
  foreseePreconditions(api, target.namespace, draft.state.namespace, signal);
  const gathering = gatherFacts(beforehand, placeGatherers, { api, subject: target, signal });
  const trying = neededByValues.includes('dryRun') ? beginDryRunOf(draft, signal) : undefined;
  const manifest = await collect(() => renderDraft(context, draft), problems);
  const objects =
    manifest === undefined
      ? undefined
      : // The server is at work on the first ones while the last ones are read.
        await readManifest(manifest, (object) => trying?.add(object));
  const input = checkInput(draft, objects);
  const tried: TriedObject[] = [];
  const wanted = needed(input);
  const gatheringLate = gatherFacts(
    [...wanted].filter((name) => !beforehand.has(name)),
    {
      ...clusterGatherers,
      ...releaseGatherers(draft, action, objects),
      ...dryRunGatherers(draft, objects, trying, tried),
    },
    {
      api,
      subject: subjectOf({ ...input, plannedSecrets: draft.secrets.map(({ name }) => name) }),
      signal,
    },
  );
  const [early, late] = await Promise.all([gathering, gatheringLate]);
  signal.throwIfAborted();
  const facts = { ...pick(early, wanted), ...late };
  const findings = runChecks(checksOf(input), { ...input, facts });
  return { findings, facts, manifest, objects: objects ?? [], problems, tried };
}

/** What rendering showed not to be needed counts as not asked for. */
function pick(facts: ClusterFacts, names: ReadonlySet<FactName>): ClusterFacts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name as FactName)));
}

function releaseOf({ problems, history }: Draft['state']): Fact<FactValue<'release'>> {
  const [unread] = problems;
  if (!unread) return known(releaseFact(history));
  return { state: 'unknown', reason: 'failed', detail: unread.message };
}

/** Facts that only somebody who knows the draft can look for. */
function releaseGatherers(
  { session, api, state, chartName, effective, secrets }: Draft,
  action: ApplyPlan['action'],
  objects: readonly ManifestObject[] | undefined,
): Gatherers {
  return {
    release: async () => releaseOf(state),
    obstacles: async (context) =>
      known(
        await checkPreconditions(
          { ...session, api },
          {
            target: session.target,
            action,
            state,
            chartName,
            values: effective,
            objects,
            plannedSecrets: secrets.map(({ name }) => name),
          },
          context.signal,
        ),
      ),
  };
}

/**
 * What the API server says of the objects, and what that means for pods that run.
 * @param tried where all that was answered goes; the fact holds what may be saved
 */
function dryRunGatherers(
  { session, api, live }: Draft,
  objects: readonly ManifestObject[] | undefined,
  trying: DryRun | undefined,
  tried: TriedObject[],
): Gatherers {
  if (objects === undefined || !trying) return {};
  const answers = trying.finish();
  // Whoever waits for it is told.
  answers.catch(() => {});
  return {
    dryRun: async () => {
      tried.push(...(await answers));
      return known(tried.map(({ entry }) => entry));
    },
    rollouts: async ({ signal }) => {
      const { findRollouts } = await import('../release/plan/rollouts.ts');
      return known(
        await findRollouts(
          api,
          {
            namespace: session.target.namespace,
            wanted: objects,
            former: parseManifest(live?.manifest ?? ''),
            serverSide: usesServerSideApply(session.helmVersion, live),
            tried: answers,
          },
          signal,
        ),
      );
    },
  };
}

function beginDryRunOf({ session, api, state, live }: Draft, signal: AbortSignal): DryRun {
  return beginDryRun(
    api,
    {
      ...session.target,
      state: state.namespace,
      serverSide: usesServerSideApply(session.helmVersion, live),
      former: parseManifest(live?.manifest ?? ''),
    },
    signal,
  );
}

/** helm 4 applies on the server, but goes on as a release was begun (`--server-side=auto`). */
export function usesServerSideApply({ major }: HelmVersion, live: Draft['live']): boolean {
  return major >= 4 && (live === undefined || live.applyMethod === 'ssa');
}

/** With a chart that is not ours, only checks that do not read our values mean anything. */
export function checksFor({ bundled }: Chart): readonly Check[] {
  return bundled ? catalogue : catalogue.filter(({ anyChart }) => anyChart);
}

function checkInput(
  { session, effective, values, live, chart, schema }: Draft,
  objects: readonly ManifestObject[] = [],
): Omit<CheckInput, 'facts'> {
  const { context, namespace, release } = session.target;
  return {
    target: { context, namespace, release },
    action: live ? 'upgrade' : 'install',
    values: typedValues(schema, chart, effective),
    effective,
    given: values,
    live: live?.values as Tree | undefined,
    helm: session.helmVersion.version,
    objects,
  };
}
