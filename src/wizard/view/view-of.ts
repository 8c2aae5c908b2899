import type { WizardState } from '../state.ts';
import type { Body, View } from '../view.ts';
import { whatIsAwaited } from './away.ts';
import { chromeOf } from './chrome.ts';
import { endBody, leftBody } from './end.ts';
import { keyHints } from './key-hints.ts';
import { ledgerBody } from './ledger.ts';
import { overlayBody } from './overlay.ts';
import { questionBody } from './question.ts';
import { reviewBody } from './review.ts';
import { rolloutBody } from './rollout.ts';

/** What is to be seen of a state. Secrets are dots, or masked. */
export function viewOf(state: WizardState): View {
  return {
    chrome: chromeOf(state),
    body: bodyOf(state),
    keys: keyHints(state),
    transcript: state.transcript,
  };
}

function bodyOf(state: WizardState): Body {
  const overlay = state.overlays.at(-1);
  if (overlay) return overlayBody(state, overlay);
  const { phase } = state;
  switch (phase.name) {
    case 'asking':
      return questionBody(state);
    case 'planning':
      return { kind: 'waiting', text: 'Looking at what would change' };
    case 'blocked':
      return { kind: 'blocked', problems: phase.problems, note: whatIsAwaited(state.world) };
    case 'review':
      return reviewBody(state, phase);
    case 'ledger':
      return ledgerBody(state, phase);
    case 'applying':
      return rolloutBody(state, phase);
    case 'ended':
      return endBody(state, phase);
    case 'left':
      return leftBody(state, phase);
  }
}
