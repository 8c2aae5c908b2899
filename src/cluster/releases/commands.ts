import * as z from 'zod/mini';
import { helmAccessArguments } from '../access-arguments.ts';
import { childEnvironment } from '../child-environment.ts';
import { classifyHelmError } from '../helm/failures.ts';
import type { HelmDependencies } from '../helm.ts';
import { inParallel } from '../in-parallel.ts';
import type {
  ApiFailure,
  ApiResult,
  HelmFailure,
  ReleaseStorage,
  StoredRelease,
} from '../types.ts';
import { sortReleases } from './sort.ts';

const historySchema = z.array(
  z.looseObject({
    revision: z.number(),
    updated: z.string(),
    status: z.string(),
    chart: z.string(),
    app_version: z._default(z.string(), ''),
    description: z._default(z.string(), ''),
  }),
);
const listSchema = z.array(
  z.looseObject({ name: z.string(), namespace: z.string(), chart: z.string() }),
);
const valuesSchema = z.nullable(z.record(z.string(), z.unknown()));

const timeLimit = 60_000;
/** Processes at a time. */
const parallelReads = 2;
/** Every status; helm 3 leaves out some unless asked, and helm 4 has no `--all`. */
const everyStatus = ['--deployed', '--failed', '--pending', '--uninstalled', '--uninstalling'];

/**
 * helm's storage read by helm itself, for drivers that the API does not show (HELM_DRIVER=sql).
 * The chart's own defaults and its notes cannot be had this way and stay empty.
 */
export function createCommandStorage(dependencies: HelmDependencies): ReleaseStorage {
  const { path, exec, access, env, redact } = dependencies;

  /** The answer's text; undefined where there is no such release. */
  const run = async (
    args: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<ApiResult<string | undefined>> => {
    const result = await exec(path, [...args, ...helmAccessArguments(access)], {
      env: childEnvironment(env, access, 'short'),
      timeoutMilliseconds: timeLimit,
      ...(signal && { signal }),
    });
    if (result.exitCode === 0) return { ok: true, value: result.stdout };
    if (result.cancelled) return fail('cancelled', 'it was cancelled');
    if (result.timedOut) return fail('timeout', `no answer within ${timeLimit / 1000} s`);
    const failure = classifyHelmError(result.stderr, {}, redact);
    if (failure.kind === 'not-found') return { ok: true, value: undefined };
    return fail(apiKind(failure.kind), failure.detail);
  };

  const history: ReleaseStorage['history'] = async ({ namespace, name }, signal) => {
    const scope = [name, `--namespace=${namespace}`];
    const listed = await run(['history', ...scope, '--output=json'], signal);
    if (!listed.ok || listed.value === undefined) return listed as ApiResult<undefined>;
    const revisions = parse(listed.value, historySchema)?.sort((a, b) => b.revision - a.revision);
    const newest = revisions?.[0];
    if (!revisions || !newest) return fail('other', 'helm history answered with something else');
    const revision = `--revision=${newest.revision}`;
    const [values, manifest] = await Promise.all([
      run(['get', 'values', ...scope, revision, '--output=json'], signal),
      run(['get', 'manifest', ...scope, revision], signal),
    ]);
    if (!values.ok) return values;
    if (!manifest.ok) return manifest;
    const release: StoredRelease = {
      name,
      namespace,
      revision: newest.revision,
      status: newest.status,
      ...splitChart(newest.chart),
      appVersion: newest.app_version,
      updated: newest.updated,
      values: parse(values.value ?? '{}', valuesSchema) ?? {},
      manifest: manifest.value ?? '',
      description: newest.description,
      firstDeployed: revisions.at(-1)?.updated ?? newest.updated,
      notes: '',
      chartValues: {},
    };
    return {
      ok: true,
      value: {
        newest: release,
        deployedRevision: revisions.find(({ status }) => status === 'deployed')?.revision,
        ranRevisions: [],
        revisions: revisions.map(({ revision, status }) => ({ revision, status })),
      },
    };
  };

  return {
    history,
    markRan: async () => {},
    async list({ namespace, chartName }, signal) {
      const scope = namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`;
      const listed = await run(['list', scope, ...everyStatus, '--max=0', '--output=json'], signal);
      if (!listed.ok) return listed;
      const found = parse(listed.value ?? '', listSchema);
      if (!found) return fail('other', 'helm list answered with something else');
      const wanted = found.filter(
        ({ chart }) => chartName === undefined || splitChart(chart).chartName === chartName,
      );
      const reads = await inParallel(wanted, parallelReads, (one) => history(one, signal));
      const releases: StoredRelease[] = [];
      for (const one of reads) {
        if (!one.ok) return one;
        if (one.value) releases.push(one.value.newest);
      }
      return { ok: true, value: sortReleases(releases) };
    },
  };
}

/** "xerv-0.1.0-rc.1" is the chart xerv in version 0.1.0-rc.1. */
function splitChart(chart: string): { chartName: string; chartVersion: string } {
  const [, chartName = chart, chartVersion = ''] = /^(.+?)-(v?\d+\.\d+\.\d+.*)$/.exec(chart) ?? [];
  return { chartName, chartVersion };
}

function parse<T>(text: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    return z.safeParse(schema, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function apiKind(kind: HelmFailure['kind']): ApiFailure['kind'] {
  switch (kind) {
    case 'unreachable':
    case 'unauthorized':
    case 'forbidden':
    case 'timeout':
      return kind;
    default:
      return 'other';
  }
}

function fail(kind: ApiFailure['kind'], message: string): ApiResult<never> {
  return { ok: false, failure: { kind, message } };
}
