import { looksLikeProduction } from '../../checks/production.ts';
import { commandOf } from '../command.ts';
import { consentOf } from '../consent.ts';
import { isBlocking } from '../findings.ts';
import { placeOf } from '../list.ts';
import { isOffline, isUnseenReview } from '../look-again.ts';
import { isOutdated } from '../lost.ts';
import { reviewSections } from '../review-sections.ts';
import type { ReviewPhase, WizardState } from '../state.ts';
import { listOf } from '../surface.ts';
import type { ConsentView, ReviewBody } from '../view.ts';
import { contextOf } from '../wanted.ts';
import { findingsView } from './findings.ts';
import { inputView } from './input.ts';
import { willLines } from './will.ts';

/** Where, what changes, what is wrong, what will be written, the same as a command. */
export function reviewBody(state: WizardState, phase: ReviewPhase): ReviewBody {
  const { world, draft } = state;
  const { reviewed, request } = phase;
  const target = reviewed.plan?.target ?? world.target;
  const context = target?.context ?? contextOf(state);
  const server = target?.server ?? '';
  const needsName = reviewed.typed?.yesIsEnough === false;
  const { text, variables } = commandOf(request, state, needsName);
  const consent = consentView(state);
  return {
    kind: 'review',
    // After a change that failed, something has.
    status:
      state.transcript.length > 0 ? 'nothing more has changed yet' : 'nothing has changed yet',
    target: {
      context,
      server,
      namespace: draft.namespace,
      release: draft.release,
      isNew: reviewed.plan === undefined || reviewed.plan.action === 'install',
    },
    looksLikeProduction: looksLikeProduction([context, server, draft.namespace]),
    will: willLines(reviewed, world.connection === 'connected'),
    answers: (request.rollbackTo === undefined ? reviewSections(state) : []).map(
      ({ label, text, isChanged, isQuiet }, index) => ({
        label,
        text,
        key: String((index + 1) % 10),
        isChanged,
        isQuiet,
      }),
    ),
    findings: findingsView(state),
    writes: reviewed.changesNothing ? [] : reviewed.writes,
    command: text,
    variables,
    consent,
    noConsent: consent ? undefined : (whyTooOld(state) ?? whyNoConsent(phase)),
    problem: state.focus.problem ?? whyUnseen(state),
  };
}

function whyUnseen(state: WizardState) {
  return isUnseenReview(state) && isOffline(state) ? state.world.problems[0] : undefined;
}

/** Why nothing is applied before another look; undefined where what was seen is fresh. */
export function whyTooOld(state: WizardState): string | undefined {
  if (!isOutdated(state)) return undefined;
  const { world, outdated } = state;
  const next = 'Look again before anything is applied.';
  if (world.lostSince !== undefined)
    return `The cluster has not answered since ${world.lostSince}. ${next}`;
  return outdated?.why === 'lost'
    ? `The cluster was unreachable for a while after this. ${next}`
    : `This may be out of date. ${next}`;
}

function whyNoConsent({ reviewed }: ReviewPhase): string {
  const failed = reviewed.findings.filter(isBlocking).length;
  if (failed === 0) return 'The release already matches these values: nothing would change.';
  const checks = failed === 1 ? 'A check failed' : `${failed} checks failed`;
  return `${checks}: fix it and look again, or let it pass with a reason.`;
}

/** What has to be said before anything is changed; undefined where nothing can be. */
export function consentView(state: WizardState): ConsentView | undefined {
  const { focus } = state;
  const consent = consentOf(state);
  if (!consent) return undefined;
  const { word, why } = consent;
  const field = word !== undefined && focus.inField;
  return {
    ask: word === undefined ? askYes(state) : `${why} Type ${word} to go on`.trim(),
    ...(word === undefined ? {} : { demand: `Type ${word} to go on` }),
    word,
    input: field ? inputView(placeOf(focus, listOf(state)), word, false) : undefined,
  };
}

function askYes({ phase, draft }: WizardState): string {
  if (phase.name === 'ledger') return `Remove release ${draft.release}? y/N`;
  if (phase.name === 'review' && phase.request.rollbackTo !== undefined)
    return `Go back to revision ${phase.request.rollbackTo}? y/N`;
  if (phase.name === 'review' && !phase.reviewed.plan) return 'Write the values file? y/N';
  return isUpgrade(phase) || draft.intent === 'change' ? 'Change it? y/N' : 'Install it? y/N';
}

/** Whether a release is there already, also where an install was asked for. */
export function isUpgrade(phase: WizardState['phase']): boolean {
  return phase.name === 'review' && phase.reviewed.plan?.action === 'upgrade';
}
