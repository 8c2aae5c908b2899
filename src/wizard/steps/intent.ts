import type { WizardState } from '../state.ts';
import { startOfChange } from './start.ts';
import { answered, type Step, withDraft } from './step.ts';

/** What helm says of a release that is not as it should be: `, pending-install`. */
function stateOf({ facts: { release } }: WizardState['world']): string {
  const status = release?.state === 'known' ? release.value.status : '';
  return status === '' || status === 'deployed' ? '' : `, ${status}`;
}

/** Asked only where there is a release. */
export const intentStep: Step = {
  id: 'intent',
  label: 'Target',
  title: 'A release already exists here. What should happen?',
  help: 'Nothing changes before you have seen what would happen.',
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
      description: `starts from release ${draft.release}, revision ${world.live?.revision}${stateOf(world)}`,
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
