import { hasPassword } from '../../values/mask.ts';
import { derive } from '../derive.ts';
import { mend } from '../edits.ts';
import { goForward, goTo, startPlanning } from '../navigate.ts';
import type { WizardState } from '../state.ts';
import { withDraft } from '../steps/step.ts';
import { findStep } from '../steps.ts';
import { answerStep } from '../submit.ts';
import { withEntry } from '../surface.ts';

/** Puts the first remedy's values in, after the answer that needs them. */
export function mendFinding(state: WizardState): WizardState {
  const overlay = state.overlays.at(-1);
  if (overlay?.kind !== 'finding') return state;
  const remedy = overlay.finding.remedies?.find(({ changes = [] }) => changes.length > 0);
  if (!remedy) return state;
  const { waiting } = overlay;
  const answer = waiting && findStep(waiting.step)?.answer(state, waiting.value);
  const answered = answer?.ok ? answer : undefined;
  const next = derive({ ...(answered?.state ?? state), overlays: [] });
  const mended = mend(next, remedy.changes ?? []);
  if (answered?.goTo !== undefined) return goTo(mended, answered.goTo);
  if (waiting) return goForward(mended);
  return state.phase.name === 'review' ? startPlanning(mended) : mended;
}

/** Lets a failure pass, for a reason that is recorded. */
export function skipFinding(state: WizardState, reason: string): WizardState {
  const overlay = state.overlays.at(-1);
  if (overlay?.kind !== 'skip') return state;
  if (reason.trim() === '')
    return withEntry(state, { problem: { message: 'A reason is required; it is recorded.' } });
  if (hasPassword(reason))
    return withEntry(state, { problem: { message: 'A reason must not hold a password.' } });
  const { finding, waiting } = overlay;
  const skips = { ...state.draft.skips, [finding.check]: reason.trim() };
  const next = derive({ ...withDraft(state, { skips }), overlays: [] });
  if (waiting) return answerStep(next, waiting.value);
  return state.phase.name === 'review' ? startPlanning(next) : next;
}
