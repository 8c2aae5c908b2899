import { startOfChange } from './start.ts';
import { answered, type Step, withDraft } from './step.ts';

/** Asked only where a release runs. */
export const intentStep: Step = {
  id: 'intent',
  label: 'Target',
  title: 'XERV runs here already. What should happen?',
  help: 'Nothing is changed before you have seen what it would do.',
  field: 'none',
  placeholder: '',
  isAsked: ({ world }) => world.live !== undefined,
  isObvious: ({ draft }) => draft.intent !== undefined,
  preselected: ({ draft }) => draft.intent ?? 'change',
  current: ({ draft }) => draft.intent,
  options: ({ draft, world }) => [
    {
      value: 'change',
      label: 'Change or upgrade it',
      description: `starts from what runs: release ${draft.release}, revision ${world.live?.revision}`,
    },
    { value: 'uninstall', label: 'Uninstall it', description: 'data is kept unless you say so' },
    { value: 'another', label: 'Install another', description: 'beside it, under another name' },
  ],
  answer: (state, choice) => {
    if (choice === 'another')
      return { ok: true, state: withDraft(state, { intent: undefined }), goTo: 'release' };
    if (choice === 'uninstall') return answered(withDraft(state, { intent: 'uninstall' }));
    return answered(withDraft(state, { ...startOfChange(state), intent: 'change' }));
  },
};
