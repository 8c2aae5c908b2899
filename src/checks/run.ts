import type { FactName } from '../cluster/facts/facts.ts';
import type { Check, CheckInput, Finding } from './types.ts';
import { unknown } from './verdicts.ts';

/** The checks that have something to judge with these values. */
export function applicable(
  checks: readonly Check[],
  input: Omit<CheckInput, 'facts'>,
): readonly Check[] {
  return checks.filter((check) => check.applies(input));
}

/** The parts of the facts that these checks want; nothing else needs to be asked for. */
export function neededFacts(
  checks: readonly Check[],
  input: Omit<CheckInput, 'facts'>,
): ReadonlySet<FactName> {
  return new Set(checks.flatMap((check) => check.needs(input)));
}

/**
 * Judges. A check that breaks says `unknown`: a bug of ours must neither stop an install nor
 * look like a pass.
 */
export function runChecks(checks: readonly Check[], input: CheckInput): readonly Finding[] {
  return applicable(checks, input).flatMap((check) => {
    const { id, category, title } = check;
    const verdicts = [judge(check, input)].flat();
    return verdicts.map((verdict) => ({ check: id, category, title, ...verdict }));
  });
}

function judge(check: Check, input: CheckInput) {
  try {
    return check.run(input);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return unknown(`The check itself broke: ${words}.`);
  }
}
