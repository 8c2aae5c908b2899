import type { FlagValues } from '../cli/flag-values.ts';
import { flagsOf } from '../cli/flags.ts';
import { environmentVariable } from '../environment-variable.ts';
import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { readTextFile } from '../files/read-text.ts';
import { findDrift, otherTarget } from '../release/plan-file/drift.ts';
import type { PlanFile } from '../release/plan-file/schema.ts';
import { readPlanFile } from '../release/plan-file/store.ts';
import type { Tree } from '../values/layers.ts';
import { parseDocument } from '../values/parse-document.ts';
import { carryOut } from './carry-out.ts';
import { chartOf } from './chart.ts';
import { misnamedConsent } from './consent.ts';
import type { CommandContext } from './context.ts';
import { findingProblems } from './finding-problems.ts';
import { openSession } from './open-session.ts';
import { plannedSecrets } from './plan-secrets.ts';
import { prepareRelease, type Wish } from './prepare.ts';
import { programVersion } from './program-version.ts';
import { readSkips } from './read-skips.ts';
import { collect, refuseProblems } from './refuse.ts';
import { bindPlan } from './save-plan.ts';

/**
 * `install --plan FILE`: applies exactly what was planned, or refuses and says what is no longer as
 * it was. Consent is asked for as ever.
 * @throws DeployError: 2 where flags or file are wrong or a password is missing, 3 where the plan
 *   no longer holds
 */
export async function installPlan(context: CommandContext, path: string): Promise<ExitCode> {
  const problems: Problem[] = [...context.invocation.problems, ...valueFlags(context)];
  const skips = readSkips(context.flags, problems);
  const saved = await collect(() => readPlanFile(path, context), problems);
  if (!saved || problems.length > 0) refuseProblems(exitCodes.usage, problems);
  return applySaved(context, saved as PlanFile, path, skips);
}

async function applySaved(
  context: CommandContext,
  saved: PlanFile,
  path: string,
  skips: Wish['skips'],
): Promise<ExitCode> {
  const planned = { ...context, flags: flagsOfPlan(context.flags, saved) };
  const session = await openSession(planned, misnamedConsent(planned));
  try {
    refuseProblems(exitCodes.unfit, otherTarget(saved, session.target));
    const prepared = await prepareRelease(planned, session, {
      chart: chartOfPlan(planned, saved),
      input: {
        layers: [{ origin: { kind: 'file', path }, values: saved.values as Tree }],
        presets: [],
        topmostFile: await commentsOf(planned, saved),
        warnings: [],
      },
      secrets: await plannedSecrets(context, session, saved),
      skips: new Map([...Object.entries(saved.skips), ...skips]),
      action: 'install',
      startsFromLive: false,
      writesValuesFile: true,
      findsNoEffect: false,
    });
    const { liveObjects, findings } = prepared;
    const [binding, program] = await Promise.all([
      bindPlan(planned, prepared),
      programVersion(planned),
    ]);
    refuseProblems(exitCodes.unfit, [
      ...findDrift(saved, { binding, liveObjects, program }),
      ...findingProblems(findings),
    ]);
    return await carryOut(planned, prepared);
  } finally {
    await session.close();
  }
}

const valueFlag = (name: string) =>
  name !== 'values-out' && flagsOf(['values', 'questions']).some((flag) => flag.name === name);

/** Flags that say something about values, which a saved plan has already. */
function valueFlags({ invocation, flags, say }: CommandContext): Problem[] {
  const given = flagsOf(['values', 'questions']).filter(
    ({ name }) => valueFlag(name) && (flags.list(name).length > 0 || flags.isOn(name)),
  );
  const isVariable = ({ name }: { readonly name: string }) => invocation.fromEnvironment.has(name);
  const ignored = given.filter((flag) => isVariable(flag) && !flag.name.endsWith('-url'));
  if (ignored.length > 0)
    say(`The values are those of the plan, not ${ignored.map(environmentVariable).join(', ')}.\n`);
  return given
    .filter((flag) => !isVariable(flag))
    .map(({ name }) => ({
      message: `--plan already has its values: it cannot be combined with --${name}.`,
      next: 'Make another plan with the value, or install without --plan.',
      where: `--${name}`,
    }));
}

/** Namespace and release are those of the plan, unless told otherwise; its values are not. */
function flagsOfPlan(flags: FlagValues, { binding }: PlanFile): FlagValues {
  const { namespace, release } = binding.target;
  const planned: Readonly<Record<string, string>> = { namespace, release };
  return {
    text: (name) => (valueFlag(name) ? undefined : (flags.text(name) ?? planned[name])),
    list: (name) => (valueFlag(name) ? [] : flags.list(name)),
    answer: (name) => (valueFlag(name) ? undefined : flags.answer(name)),
    choice: (name) => (valueFlag(name) ? undefined : flags.choice(name)),
    isOn: (name) => !valueFlag(name) && flags.isOn(name),
  };
}

/** The bundled chart is that of this program, wherever it is installed now. */
function chartOfPlan(context: CommandContext, { binding }: PlanFile): Wish['chart'] {
  const { reference, version, bundled } = binding.chart;
  if (bundled) return chartOf(context, []);
  return { reference, bundled, ...(version === undefined ? {} : { version }) };
}

/** The values file that the plan came from: what is written keeps its comments. */
async function commentsOf({ stdin }: CommandContext, { valuesFrom }: PlanFile) {
  if (valuesFrom === undefined) return undefined;
  const text = await readTextFile(valuesFrom, { stdin }).catch(() => undefined);
  const parsed = text === undefined ? undefined : parseDocument(text, valuesFrom);
  return parsed?.ok ? { path: valuesFrom, document: parsed.document } : undefined;
}
