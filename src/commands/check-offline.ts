import { runChecks } from '../checks/run.ts';
import type { ClusterFacts } from '../cluster/facts/facts.ts';
import { readSnapshot } from '../cluster/facts/snapshot.ts';
import { findProgram } from '../cluster/find-program.ts';
import { DeployError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { parseManifest } from '../release/manifest.ts';
import { userValues } from '../values/layers.ts';
import { coalesce } from '../values/merge.ts';
import { takeSecrets } from '../values/secrets.ts';
import { readChartSchema, typedValues } from './chart-schema.ts';
import type { CommandContext } from './context.ts';
import { describeChart } from './draft.ts';
import { checksFor } from './judge.ts';
import { createOfflineHelm } from './offline-helm.ts';
import type { Request } from './read-request.ts';
import { renderValues } from './render-values.ts';
import { reportFindings } from './report-findings.ts';
import { skipFindings } from './skips.ts';

/**
 * `check --facts`: judges values on what was saved of a cluster; asks none.
 * @throws DeployError where the file is no snapshot, helm is missing, or the chart refuses the values
 */
export async function checkOffline(
  context: CommandContext,
  { chart, layers, skips }: Request,
): Promise<ExitCode> {
  const { flags, env, signal, stdin } = context;
  const [snapshot, program, schema] = await Promise.all([
    readSnapshot(flags.text('facts') ?? '-', { stdin }),
    findProgram('helm', env),
    readChartSchema(context),
  ]);
  if (!program.found) throw new DeployError(exitCodes.unfit, program.problem);
  const { target, facts } = snapshot;
  const helm = createOfflineHelm(program.path, context);
  const [{ defaults }, version] = await Promise.all([
    describeChart(helm, chart, schema, signal),
    helm.version({ signal }),
  ]);
  const given = userValues(takeSecrets(layers, (backend) => `${target.release}-${backend}`).layers);
  const manifest = await renderValues(helm, given, {
    chart,
    release: target.release,
    namespace: target.namespace,
    ...renderedFor(facts),
    signal,
  });
  const effective = coalesce(defaults, given);
  const findings = runChecks(checksFor(chart), {
    target,
    action: undefined,
    values: typedValues(schema, chart, effective),
    effective,
    given,
    live: undefined,
    helm: version.ok ? version.value.version : '',
    objects: parseManifest(manifest),
    facts,
  });
  const { takenAt } = snapshot;
  return reportFindings(context, skipFindings(findings, skips), { target, takenAt });
}

function renderedFor({ server, apis }: ClusterFacts) {
  return {
    ...(server?.state === 'known' ? { kubeVersion: server.value.gitVersion } : {}),
    apiVersions: apis?.state === 'known' ? apis.value : [],
  };
}
