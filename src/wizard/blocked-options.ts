import { runChecks } from '../checks/run.ts';
import type { Finding } from '../checks/types.ts';
import type { Option } from '../questions/question.ts';
import type { Choice } from './list.ts';
import { isSeen } from './lost.ts';
import type { Replay } from './replay.ts';
import { replayState } from './replay-state.ts';
import type { WizardState } from './state.ts';

/**
 * The options with what the named checks say of each, on the values that it would make and the
 * facts that are known. Nothing is rendered; what is not known blocks nothing, and nor does anything
 * before the checks are loaded.
 * @param choose the state with this option as the answer
 */
export function judgeOptions(
  state: WizardState,
  judgedBy: readonly string[],
  options: readonly Option[],
  choose: (value: string) => WizardState,
): readonly Choice[] {
  if (judgedBy.length === 0 || !state.world.checks) return options;
  const failures = options.map((option) =>
    findFailures(state, replayState(choose(option.value)), judgedBy),
  );
  // What fails whatever is chosen is not about this question.
  const isAboutIt = ({ check }: Finding) =>
    options.length === 1 ||
    failures.some((findings) => findings.every((other) => other.check !== check));
  return options.map((option, index) => {
    const blockedBy = failures[index]?.find(isAboutIt);
    return blockedBy ? { ...option, blockedBy } : option;
  });
}

/** The first of the named checks that fails with what was chosen, and does not without it. */
export function judgeChoice(
  state: WizardState,
  judgedBy: readonly string[],
  chosen: WizardState,
): Finding | undefined {
  if (judgedBy.length === 0 || !state.world.checks) return undefined;
  const before = findFailures(state, state.derived.replay, judgedBy);
  const after = findFailures(state, replayState(chosen), judgedBy);
  return after.find(({ check }) => before.every((other) => other.check !== check));
}

function findFailures(
  { world, draft }: WizardState,
  { values, effective, given }: Replay,
  ids: readonly string[],
): readonly Finding[] {
  const checks = world.checks?.filter(({ id }) => ids.includes(id)) ?? [];
  const { context = '', namespace, release } = { ...draft, ...world.target };
  const findings = runChecks(checks, {
    target: { context, namespace, release },
    action: isSeen(world) ? (world.live ? 'upgrade' : 'install') : undefined,
    values,
    effective,
    given,
    live: world.live?.values,
    helm: world.helm,
    objects: [],
    facts: world.facts,
  });
  return findings.filter(({ status, check }) => status === 'fail' && !(check in draft.skips));
}
