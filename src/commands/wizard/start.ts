import type { Problem } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { questions } from '../../questions/catalogue.ts';
import { type Layer, userValues } from '../../values/layers.ts';
import { hasPassword } from '../../values/mask.ts';
import { printPath } from '../../values/path.ts';
import { SecretMaterial } from '../../values/secret-material.ts';
import { leaves } from '../../values/tree.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { InitialInput } from '../../wizard/initial.ts';
import { isSecret } from '../../wizard/steps/question.ts';
import type { CommandContext } from '../context.ts';
import { readLetPass } from '../let-pass.ts';
import { readPreset, readPresets, unknownPreset } from '../preset-files.ts';
import { refuseProblems } from '../refuse.ts';
import { readSets } from '../sets.ts';
import { readTargetFlags } from '../target-flags.ts';

type Start = Pick<InitialInput, 'draft' | 'secrets' | 'extraArguments'>;

/**
 * What the invocation has said already, as the wizard begins with it: flags of questions are
 * answers, --set and its sisters are edits.
 * @throws DeployError (2) with everything that is wrong with it
 */
export async function readStart(context: CommandContext): Promise<Start> {
  const { flags, invocation } = context;
  const { namespace, release, problems: targetProblems } = readTargetFlags(flags);
  const problems: Problem[] = [...invocation.problems, ...targetProblems];
  const { answers, secrets } = readAnswers(context, problems);
  const presets = flags.list('preset');
  const [skips, edits] = await Promise.all([
    readLetPass(context, problems),
    readEdits(context, problems),
    checkPresets(context, presets, problems),
  ]);
  refuseProblems(exitCodes.usage, problems);
  const draft: Partial<Draft> = {
    ...(invocation.command === 'uninstall' ? { intent: 'uninstall' } : {}),
    context: flags.text('context'),
    namespace,
    release,
    presets,
    files: flags.list('values'),
    resetValues: flags.isOn('reset-values'),
    answers,
    edits,
    skips: Object.fromEntries(skips),
  };
  return { draft, secrets, extraArguments: extraArguments(context) };
}

function readAnswers({ flags }: CommandContext, problems: Problem[]) {
  const answers: Record<string, string> = {};
  const secrets: Record<string, SecretMaterial> = {};
  for (const { id, flag, kind, write } of questions) {
    const text = flags.answer(flag);
    if (text === undefined) continue;
    const answer = write(text);
    if (!answer.ok) problems.push({ ...answer.problem, where: `--${flag}` });
    else if ((kind === 'secret' && isSecret(text)) || hasPassword(text))
      secrets[id] = new SecretMaterial(text);
    else answers[id] = text;
  }
  return { answers, secrets };
}

/** Each value that --set and its sisters set, by its path. */
async function readEdits(
  context: CommandContext,
  problems: Problem[],
): Promise<Readonly<Record<string, string>>> {
  const layers: readonly Layer[] = await readSets(context, [], problems);
  return Object.fromEntries(
    [...leaves(userValues(layers))]
      .filter(({ path }) => path.length > 0)
      .map(({ path, node }) => [printPath(path), JSON.stringify(node)]),
  );
}

async function checkPresets(
  { packageRoot }: CommandContext,
  names: readonly string[],
  problems: Problem[],
): Promise<void> {
  const found = await Promise.all(names.map((name) => readPreset(packageRoot, name)));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return;
  const known = (await readPresets(packageRoot)).map(({ name }) => name);
  problems.push(...missing.map((name) => unknownPreset(name, known)));
}

/** Flags that the wizard asks nothing about, and that its command must have all the same. */
const passedOn = ['kubeconfig', 'as', 'as-group', 'request-timeout', 'timeout', 'values-out'];

/** What comes from the environment is there for the command, too. */
function extraArguments({ flags, invocation: { fromEnvironment } }: CommandContext) {
  return passedOn
    .filter((name) => !fromEnvironment.has(name))
    .flatMap((name) => flags.list(name).flatMap((text) => [`--${name}`, text]));
}
