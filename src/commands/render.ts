import { findProgram } from '../cluster/find-program.ts';
import { DeployError, type Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findCredentials } from '../values/credentials.ts';
import { userValues } from '../values/layers.ts';
import { printPath } from '../values/path.ts';
import { takeSecrets } from '../values/secrets.ts';
import type { Tree } from '../values/tree.ts';
import { validateLayers } from '../values/validate-layers.ts';
import { chartOf } from './chart.ts';
import { readChartSchema } from './chart-schema.ts';
import type { CommandContext } from './context.ts';
import { createOfflineHelm } from './offline-helm.ts';
import { refuseProblems } from './refuse.ts';
import { renderValues } from './render-values.ts';
import { secretCommand } from './secret-command.ts';
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
  refuseProblems(exitCodes.usage, problems);
  const kubeVersion = context.flags.text('kube-version');
  const renderWithHelm = async (unfit: AbortSignal, onStarted: () => void) => {
    if (!program.found) throw new DeployError(exitCodes.unfit, program.problem);
    return renderValues(createOfflineHelm(program.path, context), values, {
      chart,
      release,
      namespace,
      apiVersions: context.flags.list('api-versions'),
      signal: AbortSignal.any([context.signal, unfit]),
      onStarted,
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
    });
  };
  const findProblems = async () =>
    chart.bundled ? validateLayers(await readChartSchema(context), values, secrets.layers) : [];
  const { manifest, text } = await whileRead(values, findProblems, renderWithHelm);
  for (const { message } of input.warnings) context.say(`Warning: ${message}\n`);
  for (const pending of secrets.pending) {
    const target = { context: '', namespace, release };
    const { text, from } = secretCommand(target, pending, process.platform);
    context.say(
      `Warning: the ${pending.backend} URL has a password and is not rendered. Create the Secret yourself, with the URL ${from}:\n    ${text}\n`,
    );
  }
  for (const { path } of findCredentials(values))
    context.say(
      `Warning: there is a password at ${printPath(path)}, and it is rendered. Keep the output out of version control, or put the password into a Secret and refer to it with valueFrom.secretKeyRef.\n`,
    );
  context.print(`${asComments(text)}${manifest}`);
  return exitCodes.done;
}

/**
 * Checks values and writes them down while helm works: what that takes is loaded in half of the time
 * that helm takes. Values that do not fit end helm, and are told in our words instead of the chart's.
 * @returns the manifest, and the values as text
 * @throws DeployError (2) with what is wrong with the values
 */
async function whileRead(
  values: Tree,
  findProblems: () => Promise<Problem[]>,
  render: (unfit: AbortSignal, onStarted: () => void) => Promise<string>,
): Promise<{ readonly manifest: string; readonly text: string }> {
  const unfit = new AbortController();
  const read = async () => {
    const problems = await findProblems();
    if (problems.length > 0) unfit.abort();
    const { ValuesDocument } = await import('../values/document.ts');
    return { problems, text: ValuesDocument.of('values.yaml', values).toString() };
  };
  let begun: ReturnType<typeof read> | undefined;
  const begin = () => {
    begun = read();
    // Told below; until then it must not count as unhandled.
    begun.catch(() => {});
  };
  const [rendered] = await Promise.allSettled([render(unfit.signal, begin)]);
  const { problems, text } = await (begun ?? read());
  refuseProblems(exitCodes.usage, problems);
  if (rendered.status === 'rejected') throw rendered.reason;
  return { manifest: rendered.value, text };
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
