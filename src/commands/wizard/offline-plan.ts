import { runChecks } from '../../checks/run.ts';
import { findProgram } from '../../cluster/find-program.ts';
import type { Problem } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Cleanup } from '../../files/cleanup.ts';
import { shownPath } from '../../files/shown-path.ts';
import { writeValuesFile } from '../../release/apply.ts';
import { localCommand, ownCommand } from '../../release/command-text.ts';
import type { ReleaseEvent } from '../../release/events.ts';
import { parseManifest } from '../../release/manifest.ts';
import { conclude, concludeDone, type Outcome } from '../../release/outcome.ts';
import { withDefaults } from '../../values/chart-schema.ts';
import { diffTrees, formatChanges } from '../../values/diff.ts';
import { userValues } from '../../values/layers.ts';
import { coalesce } from '../../values/merge.ts';
import { takeSecrets } from '../../values/secrets.ts';
import type { Tree } from '../../values/tree.ts';
import { validateLayers } from '../../values/validate-layers.ts';
import type { PlanRequest, Reviewed } from '../../wizard/plan.ts';
import { readChartSchema, typedValues } from '../chart-schema.ts';
import type { CommandContext } from '../context.ts';
import { checksFor } from '../judge.ts';
import { createOfflineHelm } from '../offline-helm.ts';
import { collect, refuseProblems } from '../refuse.ts';
import { renderValues } from '../render-values.ts';
import { secretCommand } from '../secret-command.ts';
import { skipFindings } from '../skips.ts';
import { fileText, pathOf, type ValuesFile } from '../values-file.ts';
import { maskManifest } from './masked-manifest.ts';
import { withFreeValuesPath } from './values-path.ts';
import { wishOf } from './wish.ts';
import { describeWrite } from './writes.ts';

/** What can be done without a cluster: a values file, and what to do with it. */
export interface OfflinePlan {
  readonly file: ValuesFile;
  readonly next: readonly string[];
  readonly cleanup: Cleanup;
}

/**
 * Makes what is written where there is no cluster, no helm or no kubectl. Rendered and judged as
 * far as helm alone can tell.
 * @param world which cluster is meant (empty where none is), and why it was not seen
 * @throws DeployError (2) where the values are wrong
 */
export async function planOffline(
  context: CommandContext,
  id: string,
  request: PlanRequest,
  { cluster, why }: { readonly cluster: string; readonly why: readonly Problem[] },
): Promise<{ readonly plan: OfflinePlan; readonly reviewed: Reviewed }> {
  const { draft } = request;
  const free = await withFreeValuesPath(context, { ...draft, identity: undefined });
  const [{ chart, input, skips }, schema] = await Promise.all([
    wishOf(free, request),
    readChartSchema(free),
  ]);
  const { layers, pending } = takeSecrets(input.layers, (name) => `${draft.release}-${name}`);
  const values = userValues(layers);
  if (chart.bundled) refuseProblems(exitCodes.usage, validateLayers(schema, values, layers));
  const manifest = await renderOffline(free, request, values, chart);
  const path = pathOf(free);
  const shown = shownPath(path, free.workingDirectory);
  const file = { path, shown, text: fileText(input.topmostFile, values) };
  const target = { ...draft, context: cluster };
  const effective = coalesce(chart.bundled ? withDefaults(schema, {}) : {}, values);
  const findings = runChecks(checksFor(chart), {
    target,
    action: undefined,
    values: typedValues(schema, chart, effective),
    effective,
    given: values,
    live: undefined,
    helm: '',
    objects: parseManifest(manifest),
    facts: {},
  });
  return {
    plan: {
      file,
      cleanup: context.cleanup,
      next: [
        ...why.flatMap(({ message, next }) => [message, ...(next ? [`  ${next}`] : [])]),
        ...pending.map((secret) => {
          const { text, from } = secretCommand(target, secret, process.platform);
          return `Create the Secret with the ${secret.backend} URL, ${from}: ${text}`;
        }),
        `Then install: ${ownCommand(target, 'install', '-f', shown)}`,
        `Or hand the manifests to GitOps: ${localCommand('render', '-f', shown, '-n', draft.namespace)}`,
      ],
    },
    reviewed: {
      id,
      plan: undefined,
      findings: skipFindings(findings, skips),
      changesNothing: false,
      writes: [await describeWrite(file)],
      diff: ['Values:', ...formatChanges(diffTrees({}, values)).map((line) => `  ${line}`)],
      manifest: maskManifest(manifest),
      typed: undefined,
    },
  };
}

/** Empty where there is no helm. */
async function renderOffline(
  context: CommandContext,
  { draft: { release, namespace } }: PlanRequest,
  values: Tree,
  chart: Parameters<typeof checksFor>[0],
): Promise<string> {
  const program = findProgram('helm', context.env);
  if (!program.found) return '';
  const problems: Problem[] = [];
  const helm = createOfflineHelm(program.path, context);
  const { signal } = context;
  const options = { chart, release, namespace, signal };
  const manifest = await collect(() => renderValues(helm, values, options), problems);
  refuseProblems(exitCodes.usage, problems);
  return manifest ?? '';
}

/** Writes the file; that is all that is done. */
export async function* writeOfflinePlan({
  file,
  next,
  cleanup,
}: OfflinePlan): AsyncGenerator<ReleaseEvent, Outcome> {
  const problems = yield* writeValuesFile({ cleanup }, { valuesFile: file });
  if (problems)
    return yield* conclude('failed', exitCodes.failure, {
      message: 'The values file could not be written.',
      state: 'No cluster was asked or changed.',
      problems,
    });
  return yield* concludeDone({
    message: `The values are in ${file.shown}`,
    state: 'No cluster was asked or changed.',
    next,
  });
}
