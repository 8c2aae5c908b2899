import type { Release } from '../cluster/types.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { claimsThatWouldGo } from '../release/claims.ts';
import { expectedSeconds } from '../release/expected-seconds.ts';
import { readLiveValueOverrides } from '../release/live-values.ts';
import { parseManifest } from '../release/manifest.ts';
import { checkPreconditions } from '../release/preconditions.ts';
import { planSecrets } from '../release/secrets.ts';
import { readTargetState } from '../release/target-state.ts';
import type { ApplyPlan, Chart } from '../release/types.ts';
import { type Change, diffTrees } from '../values/diff.ts';
import { type Layer, type Layers, userValues } from '../values/layers.ts';
import { coalesce } from '../values/merge.ts';
import { parseDocument } from '../values/parse-document.ts';
import { type TakenSecrets, takeSecrets } from '../values/secrets.ts';
import { getNode, type Tree } from '../values/tree.ts';
import { validateValues } from '../values/validate.ts';
import { chartOf } from './chart.ts';
import type { CommandContext } from './context.ts';
import { refuseProblems } from './refuse.ts';
import { renderValues } from './render-values.ts';
import { readServedApis } from './served-apis.ts';
import { openSession, type Session } from './session.ts';
import { readSets } from './sets.ts';
import { planValuesFile } from './values-file.ts';
import { readValuesInput, type ValuesInput } from './values-input.ts';

/** A plan, and what a user should see of how it came about. */
export interface Prepared {
  readonly session: Session;
  readonly plan: ApplyPlan;
  /** Against the live values; nothing secret in it. */
  readonly changes: readonly Change[];
  readonly notices: readonly string[];
}

/**
 * Makes the plan of an install or upgrade: reads the values, looks at the cluster, renders, and
 * checks what forbids it. Writes nothing. The session stays open for the apply.
 * @throws DeployError with every problem
 */
export async function prepareApply(
  context: CommandContext,
  action: ApplyPlan['action'],
): Promise<Prepared> {
  const problems: Problem[] = [...context.invocation.problems];
  const chart = chartOf(context, problems);
  const input = await readValuesInput(context, problems);
  // Once more with the live values below, where an upgrade starts from them.
  const layers = await readSets(context, input.layers, problems);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(userValues(layers)));
  const session = await openSession(context, problems);
  try {
    return await makePlan(context, session, { action, chart, input });
  } catch (error) {
    await session.close();
    throw error;
  }
}

interface PlanInput {
  readonly action: ApplyPlan['action'];
  readonly chart: Chart;
  readonly input: ValuesInput;
}

async function makePlan(
  context: CommandContext,
  session: Session,
  { action, chart, input }: PlanInput,
): Promise<Prepared> {
  const { api, helm, target } = session;
  const { signal, cleanup } = context;
  const [state, served, metadata, defaults] = await Promise.all([
    readTargetState(session, target, signal),
    readServedApis(api, signal),
    helm.showChart(chart, { signal }),
    helm.showValues(chart, { signal }),
  ]);
  signal.throwIfAborted();
  refuseProblems(exitCodes.unfit, state.problems);
  if (!served.ok) throw new DeployError(exitCodes.unfit, served.problem);
  for (const shown of [metadata, defaults])
    if (!shown.ok) {
      const { message, detail, next } = shown.failure;
      throw new DeployError(exitCodes.usage, { message, why: detail, next, where: '--chart' });
    }
  const chartName = metadata.ok ? metadata.value.name : '';
  const live = liveRelease(state.history?.newest);

  const problems: Problem[] = [];
  const startsFromLive = action === 'upgrade' && !context.flags.isOn('reset-values');
  const liveLayer: Layer[] =
    startsFromLive && live
      ? [{ origin: { kind: 'live', revision: live.revision }, values: live.values as Tree }]
      : [];
  const given = await readSets(context, [...liveLayer, ...input.layers], problems);
  const chartDefaults = parseDefaults(defaults.ok ? defaults.value : '');
  const wanted = getNode(coalesce(chartDefaults, userValues(given)), ['podManagementPolicy']);
  const overrides = await readLiveValueOverrides(
    api,
    live,
    typeof wanted === 'string' ? wanted : undefined,
    signal,
  );
  const layers: Layers = [
    ...given,
    ...(Object.keys(overrides.values).length > 0 && chart.bundled
      ? [
          {
            origin: { kind: 'live', revision: live?.revision ?? 0 },
            values: overrides.values,
          } as const,
        ]
      : []),
  ];
  const { taken, secrets } = await moveSecrets(session, layers, live, signal);
  const values = userValues(taken.layers);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(values));
  refuseProblems(exitCodes.usage, problems);

  const manifest = await renderValues(helm, cleanup, values, {
    chart,
    release: target.release,
    namespace: target.namespace,
    kubeVersion: served.served.kubeVersion,
    apiVersions: served.served.apiVersions,
    isUpgrade: live !== undefined,
    signal,
  });
  const valuesFile = await planValuesFile(context, target, input, values, problems);
  refuseProblems(exitCodes.usage, problems);
  refuseProblems(
    exitCodes.unfit,
    await checkPreconditions(
      session,
      {
        target,
        action,
        state,
        chartName,
        values: coalesce(chartDefaults, values),
        manifest,
        plannedSecrets: secrets.map(({ name }) => name),
      },
      signal,
    ),
  );
  const objects = parseManifest(manifest);
  return {
    session,
    changes: diffTrees((live?.values ?? {}) as Tree, values),
    notices: [
      ...overrides.notices,
      ...input.warnings.map(({ message }) => message),
      ...describeTaken(taken),
    ],
    plan: {
      action: live ? 'upgrade' : 'install',
      target,
      chart,
      values,
      createNamespace: state.namespace === 'absent',
      secrets,
      live,
      manifest,
      claimsToKeep: claimsThatWouldGo(live, objects),
      timeoutSeconds: session.timeoutSeconds ?? expectedSeconds(objects, live !== undefined),
      valuesFile,
    },
  };
}

/** A release of which only history was kept is not installed. */
function liveRelease<R extends Release>(newest: R | undefined): R | undefined {
  return newest?.status === 'uninstalled' ? undefined : newest;
}

/** Passwords go into Secrets, whose names are decided by what is in the cluster already. */
async function moveSecrets(
  { api, target }: Session,
  layers: Layers,
  live: Release | undefined,
  signal: AbortSignal,
) {
  const first = takeSecrets(layers, (backend) => backend);
  const secrets = await planSecrets(
    api,
    target,
    first.pending,
    live?.values as Tree | undefined,
    signal,
  );
  const taken = takeSecrets(
    layers,
    (backend) => secrets.find(({ pending }) => pending.backend === backend)?.name ?? backend,
  );
  return { taken, secrets };
}

function describeTaken({ taken }: TakenSecrets): string[] {
  return taken.map(({ backend, origin }) =>
    origin.kind === 'live'
      ? `The live values hold the ${backend} URL with its password. It moves to a Secret now, but helm's older revisions still hold it: change the password when the upgrade is done.`
      : `The ${backend} URL has a password: it goes into a Secret, not into the values.`,
  );
}

function parseDefaults(text: string): Tree {
  const parsed = parseDocument(text, "the chart's values.yaml");
  return parsed.ok ? parsed.document.toTree() : {};
}
