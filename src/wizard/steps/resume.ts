import { resumedDraft } from '../resumed-draft.ts';
import { isSameTarget, withUnseenWorld } from '../unseen-world.ts';
import { answered, type Step } from './step.ts';

/** Asked first where a session of before is there. */
export const resumeStep: Step = {
  id: 'resume',
  label: 'Target',
  title: 'Go on where you left off?',
  help: 'Answers of an unfinished session were kept, without secrets.',
  field: 'none',
  placeholder: '',
  isAsked: ({ saved }) => saved !== undefined,
  isObvious: () => false,
  preselected: () => 'resume',
  current: () => undefined,
  options: ({ saved }) => [
    {
      value: 'resume',
      label: 'Go on',
      description: saved
        ? `release ${saved.draft.release} in namespace ${saved.draft.namespace}${saved.draft.context === undefined ? '' : ` on ${saved.draft.context}`}`
        : '',
    },
    { value: 'fresh', label: 'Start over', description: 'drop the kept answers' },
  ],
  answer: (state, choice) => {
    const { saved } = state;
    if (choice !== 'resume' || !saved) return answered({ ...state, saved: undefined });
    const draft = resumedDraft(saved.draft, state.draft);
    const chosen = { ...state, draft, saved: undefined, touched: true };
    const resumed = isSameTarget(chosen, state) ? chosen : withUnseenWorld(chosen);
    // Of an uninstall nothing is left to ask but what its ledger asks.
    if (saved.draft.intent === 'uninstall') return answered(resumed);
    return { ok: true, state: resumed, goTo: saved.step };
  },
};
