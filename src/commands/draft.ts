import { withoutNamespace } from '../cluster/absent-namespace.ts';
import { connectionError } from '../cluster/connection-error.ts';
import type { Api, Helm, Release, StoredRelease } from '../cluster/types.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type LiveValueOverrides, readLiveValueOverrides } from '../release/live-values.ts';
import type { TargetState } from '../release/target-state.ts';
import type { Chart, PlannedSecret } from '../release/types.ts';
import type { Capabilities } from '../values/chart-capabilities.ts';
import { type ChartSchema, withDefaults } from '../values/chart-schema.ts';
import { type Layer, type Layers, userValues } from '../values/layers.ts';
import { coalesce } from '../values/merge.ts';
import { type TakenSecrets, takeSecrets } from '../values/secrets.ts';
import { getNode, type Tree } from '../values/tree.ts';
import { validateLayers } from '../values/validate-layers.ts';
import { readChartSchema } from './chart-schema.ts';
import type { CommandContext } from './context.ts';
import type { EarlyRendering } from './early-rendering.ts';
import { refuseProblems } from './refuse.ts';
import type { Session } from './session.ts';
import { readSets } from './sets.ts';
import type { ValuesInput } from './values-input.ts';

/** What is to be: the values for this cluster, not yet rendered, and what they are held against. */
export interface Draft {
  readonly session: Session;
  /** For what is read of the cluster as it was looked at; what is read twice is asked for once. */
  readonly api: Api;
  readonly chart: Chart;
  readonly chartName: string;
  readonly state: TargetState;
  readonly served: Capabilities;
  /** The release as it is now; undefined where there is none. */
  readonly live: StoredRelease | undefined;
  readonly layers: Layers;
  /** What helm is given: every layer but the chart's defaults, free of secrets. */
  readonly values: Tree;
  readonly chartDefaults: Tree;
  /** Of the bundled chart's values. */
  readonly schema: ChartSchema;
  /** With the chart's defaults, as the templates see them. */
  readonly effective: Tree;
  readonly secrets: readonly PlannedSecret[];
  readonly taken: TakenSecrets['taken'];
  readonly overrides: LiveValueOverrides;
  readonly early: EarlyRendering | undefined;
}

export interface DraftInput {
  readonly chart: Chart;
  /** Of the bundled chart's values, where it has been read already. */
  readonly schema?: ChartSchema | undefined;
  /** A rendering of what is given, begun already. */
  readonly early?: EarlyRendering | undefined;
  readonly input: Pick<ValuesInput, 'layers'>;
  /** Layers stronger than --set: the wizard's answers, fixes. */
  readonly above?: readonly Layer[];
  /** Secrets that the values name already and that are still to be created. */
  readonly secrets?: readonly PlannedSecret[];
  /** Whether the live values lie below what is given. */
  readonly startsFromLive: (live: Release | undefined) => boolean;
  /** Whether it goes on where helm's record may not be read, as for an install: to judge only. */
  readonly withoutRecord?: boolean;
}

/**
 * Brings the layers and what is live together.
 * @throws DeployError with every problem: exit code 3 where the cluster cannot be asked, 2 where
 *   the values are wrong
 */
export async function makeDraft(
  context: CommandContext,
  session: Session,
  given: DraftInput,
): Promise<Draft> {
  const { chart, input, early, above = [], secrets: pending = [], startsFromLive } = given;
  const { withoutRecord = false } = given;
  const { helm } = session;
  const { signal } = context;
  const schemaRead = given.schema ? Promise.resolve(given.schema) : readChartSchema(context);
  const look = session.look(session.target);
  const [state, served, schema, described] = await Promise.all([
    look.state,
    look.served,
    schemaRead,
    schemaRead.then((read) => describeChart(helm, chart, read, signal)),
  ]);
  signal.throwIfAborted();
  if (state.cut)
    throw await connectionError(
      state.cut,
      { doing: 'ask the cluster', access: session.access },
      session.access,
    );
  if (!withoutRecord) refuseProblems(exitCodes.unfit, state.problems);
  if (!served.ok) throw new DeployError(exitCodes.unfit, served.problem);
  const live = liveRelease(state.history?.newest);
  const { namespace } = session.target;
  const api = state.namespace === 'absent' ? withoutNamespace(look.api, namespace) : look.api;

  const problems: Problem[] = [];
  const liveLayer: Layer[] =
    live && startsFromLive(live)
      ? [{ origin: { kind: 'live', revision: live.revision }, values: live.values as Tree }]
      : [];
  const set = await readSets(context, [...liveLayer, ...input.layers], problems);
  const all = [...set, ...above];
  const chartDefaults = described.defaults;
  const wanted = getNode(coalesce(chartDefaults, userValues(all)), ['podManagementPolicy']);
  const overrides = await readLiveValueOverrides(
    api,
    live,
    typeof wanted === 'string' ? wanted : undefined,
    signal,
  );
  const layers = withOverrides(all, overrides.values, chart, live);
  const { taken, secrets } = await moveSecrets(api, session, layers, live, signal);
  const values = userValues(taken.layers);
  if (chart.bundled && problems.length === 0)
    problems.push(...validateLayers(schema, values, taken.layers));
  refuseProblems(exitCodes.usage, problems);
  return {
    session,
    api,
    chart,
    chartName: described.name,
    state,
    served: served.served,
    live,
    layers: taken.layers,
    values,
    chartDefaults,
    schema,
    effective: coalesce(chartDefaults, values),
    secrets: [...secrets, ...pending],
    taken: taken.taken,
    overrides,
    early,
  };
}

/** A release of which only history was kept is not installed. */
function liveRelease<R extends Release>(newest: R | undefined): R | undefined {
  return newest?.status === 'uninstalled' ? undefined : newest;
}

function withOverrides(
  layers: Layers,
  values: Tree,
  chart: Chart,
  live: Release | undefined,
): Layers {
  if (Object.keys(values).length === 0 || !chart.bundled) return layers;
  return [...layers, { origin: { kind: 'live', revision: live?.revision ?? 0 }, values }];
}

/** Passwords go into Secrets, whose names are decided by what is in the cluster already. */
async function moveSecrets(
  api: Api,
  { target }: Session,
  layers: Layers,
  live: Release | undefined,
  signal: AbortSignal,
) {
  const first = takeSecrets(layers, (backend) => backend);
  const liveValues = live?.values as Tree | undefined;
  const secrets = await planAll();
  const taken = takeSecrets(
    layers,
    (backend) => secrets.find(({ pending }) => pending.backend === backend)?.name ?? backend,
  );
  return { taken, secrets };

  async function planAll(): Promise<readonly PlannedSecret[]> {
    if (first.pending.length === 0) return [];
    const { planSecrets } = await import('../release/secrets.ts');
    return planSecrets(api, target, first.pending, liveValues, signal);
  }
}

/**
 * Name and defaults of a chart.
 * @throws DeployError (2) where helm cannot read it
 */
export async function describeChart(
  helm: Helm,
  chart: Chart,
  schema: ChartSchema,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly defaults: Tree }> {
  // The bundled chart's values.yaml says the same as its schema, which is here already.
  if (chart.bundled) return { name: 'xerv', defaults: withDefaults(schema, {}) };
  const [metadata, defaults] = await Promise.all([
    helm.showChart(chart, { signal }),
    helm.showValues(chart, { signal }),
  ]);
  if (metadata.ok && defaults.ok) {
    const { parseDocument } = await import('../values/parse-document.ts');
    const parsed = parseDocument(defaults.value, "the chart's values.yaml");
    return { name: metadata.value.name, defaults: parsed.ok ? parsed.document.toTree() : {} };
  }
  const failed = [metadata, defaults].find((shown) => !shown.ok);
  const { message = '', detail, next } = failed && !failed.ok ? failed.failure : {};
  throw new DeployError(exitCodes.usage, {
    message,
    where: '--chart',
    ...(detail === undefined ? {} : { why: detail }),
    ...(next === undefined ? {} : { next }),
  });
}
