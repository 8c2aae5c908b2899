import { findProgram } from '../cluster/find-program.ts';
import { DeployError, type Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { userValues } from '../values/layers.ts';
import { takeSecrets } from '../values/secrets.ts';
import { validateValues } from '../values/validate.ts';
import { chartOf } from './chart.ts';
import type { CommandContext } from './context.ts';
import { createOfflineHelm } from './offline-helm.ts';
import { refuseProblems } from './refuse.ts';
import { renderValues, valuesText } from './render-values.ts';
import { readSets } from './sets.ts';
import { readTargetFlags } from './target-flags.ts';
import { readValuesInput } from './values-input.ts';

/**
 * `render`: the manifests as one YAML stream, and before them, as comments, the values that they
 * were made from. Asks no cluster.
 */
export async function render(context: CommandContext): Promise<ExitCode> {
  const problems: Problem[] = [...context.invocation.problems];
  const { namespace, release, problems: targetProblems } = readTargetFlags(context.flags);
  problems.push(...targetProblems);
  const chart = chartOf(context, problems);
  const [input, program] = await Promise.all([
    readValuesInput(context, problems),
    findProgram('helm', context.env),
  ]);
  const layers = await readSets(context, input.layers, problems);
  const secrets = takeSecrets(layers, (backend) => `${release}-${backend}`);
  const values = userValues(secrets.layers);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(values));
  refuseProblems(exitCodes.usage, problems);
  if (!program.found) throw new DeployError(exitCodes.unfit, program.problem);

  const helm = createOfflineHelm(program.path, context);
  const kubeVersion = context.flags.text('kube-version');
  const manifest = await renderValues(helm, context.cleanup, values, {
    chart,
    release,
    namespace,
    apiVersions: context.flags.list('api-versions'),
    signal: context.signal,
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
  });
  for (const { message } of input.warnings) context.say(`Warning: ${message}\n`);
  for (const { name, key, backend } of secrets.pending)
    context.say(
      `Warning: the ${backend} URL has a password and is not rendered. Make the Secret yourself, with the URL on standard input:\n` +
        `    kubectl -n ${namespace} create secret generic ${name} --from-file=${key}=/dev/stdin\n`,
    );
  context.print(`${asComments(valuesText(values))}${manifest}`);
  return exitCodes.done;
}

function asComments(text: string): string {
  const lines = text.trimEnd().split('\n');
  return [
    '# Rendered by create-xerv-deploy from these values:',
    ...lines.map((line) => `#   ${line}`),
    '',
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}
