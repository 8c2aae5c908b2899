import { activeBindings } from '../keys.ts';
import type { WizardState } from '../state.ts';
import { isTyping } from '../surface.ts';
import type { KeyHint } from '../view.ts';

/** The keys that work now, in the order of the footer. */
export function keyHints(state: WizardState): readonly KeyHint[] {
  const typing = isTyping(state);
  return activeBindings(state)
    .filter(({ isQuiet }) => !isQuiet)
    .map(({ hint, typingHint = hint, does }) => ({
      key: typing ? typingHint : hint,
      does: does(state) ?? '',
    }));
}
