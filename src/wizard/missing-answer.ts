import type { Problem } from '../errors.ts';
import { questions } from '../questions/catalogue.ts';
import type { Question } from '../questions/question.ts';
import type { WizardState } from './state.ts';

/** The first question of which the values lack an answer that XERV cannot run without. */
export function missingAnswer(
  state: WizardState,
): { readonly id: string; readonly problem: Problem } | undefined {
  const { visible } = state.derived.replay;
  for (const question of questions) {
    const problem = visible.includes(question.id) ? missingIn(question, state) : undefined;
    if (problem) return { id: question.id, problem };
  }
  return undefined;
}

export function missingIn(
  question: Question,
  { derived, secrets }: Pick<WizardState, 'derived' | 'secrets'>,
): Problem | undefined {
  return secrets[question.id] ? undefined : question.missing?.(derived.replay.values);
}
