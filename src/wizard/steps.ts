import { questions } from '../questions/catalogue.ts';
import type { WizardState } from './state.ts';
import { intentStep } from './steps/intent.ts';
import { questionStep } from './steps/question.ts';
import { resumeStep } from './steps/resume.ts';
import { startSteps } from './steps/start.ts';
import type { Step } from './steps/step.ts';
import { targetSteps } from './steps/target.ts';

/** Everything that can be asked, in order: first where and what to start from, then the values. */
export const allSteps: readonly Step[] = [
  resumeStep,
  ...targetSteps,
  intentStep,
  ...startSteps,
  ...questions.map(questionStep),
];

const byId = new Map(allSteps.map((step) => [step.id, step]));

/** @returns undefined where there is no such step */
export function findStep(id: string): Step | undefined {
  return byId.get(id);
}

/** The steps that are asked now, in order. */
export function askedSteps(state: WizardState): readonly Step[] {
  return allSteps.filter((step) => step.isAsked(state));
}
