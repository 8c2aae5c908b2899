import * as z from 'zod/mini';
import { catalogue } from '../checks/catalogue.ts';
import { applicable, neededFacts, runChecks } from '../checks/run.ts';
import type { Check, CheckInput, Finding } from '../checks/types.ts';
import { type ClusterFacts, known } from '../cluster/facts/facts.ts';
import { type Gatherers, gatherFacts } from '../cluster/facts/gather.ts';
import { clusterGatherers } from '../cluster/facts/gatherers.ts';
import { releaseFact } from '../cluster/facts/release-fact.ts';
import { subjectOf } from '../cluster/facts/subject.ts';
import type { Problem } from '../errors.ts';
import { type ManifestObject, parseManifest } from '../release/manifest.ts';
import { checkPreconditions } from '../release/preconditions.ts';
import type { ApplyPlan } from '../release/types.ts';
import { valuesSchema } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';
import { collect } from './refuse.ts';
import { renderDraft } from './render-values.ts';

/** What the checks say of a draft, and what they looked at. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly facts: ClusterFacts;
  /** Undefined where the chart refuses the values; `problems` say why. */
  readonly manifest: string | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Renders, looks at the cluster and runs every check that these values make worth running.
 * @param action `upgrade` where a release must be there already
 */
export async function judge(
  context: CommandContext,
  draft: Draft,
  action: ApplyPlan['action'],
): Promise<Judgement> {
  const { session } = draft;
  const checks = checksFor(draft);
  const problems: Problem[] = [];
  const manifest = await collect(() => renderDraft(context, draft), problems);
  const objects = manifest === undefined ? undefined : parseManifest(manifest);
  const input = checkInput(draft, objects);
  const facts = await gatherFacts(
    neededFacts(applicable(checks, input), input),
    { ...clusterGatherers, ...releaseGatherers(draft, action, objects) },
    {
      api: session.api,
      subject: subjectOf({ ...input, plannedSecrets: draft.secrets.map(({ name }) => name) }),
      signal: context.signal,
    },
  );
  context.signal.throwIfAborted();
  return { findings: runChecks(checks, { ...input, facts }), facts, manifest, problems };
}

/** Facts that only somebody who knows the draft can look for. */
function releaseGatherers(
  { session, state, chartName, effective, secrets }: Draft,
  action: ApplyPlan['action'],
  objects: readonly ManifestObject[] | undefined,
): Gatherers {
  return {
    release: async () => async () => known(releaseFact(state.history)),
    obstacles: async () => async (context) =>
      known(
        await checkPreconditions(
          session,
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

/** With a chart that is not ours, only checks that do not read our values mean anything. */
function checksFor({ chart }: Draft): readonly Check[] {
  return chart.bundled ? catalogue : catalogue.filter(({ anyChart }) => anyChart);
}

function checkInput(
  draft: Draft,
  objects: readonly ManifestObject[] = [],
): Omit<CheckInput, 'facts'> {
  const { session, effective, values, live } = draft;
  const { context, namespace, release } = session.target;
  return {
    target: { context, namespace, release },
    action: live ? 'upgrade' : 'install',
    values: z.parse(valuesSchema, draft.chart.bundled ? effective : {}),
    effective,
    given: values,
    live: live?.values as Tree | undefined,
    objects,
  };
}
