import type { Choice } from '../list.ts';
import type { OptionView } from '../view.ts';

/** An option as it is seen; one that cannot work has its reason in the place of its description. */
export function optionView(
  { value, label, description, blockedBy }: Choice,
  marks: Partial<Pick<OptionView, 'isCurrent' | 'isLive'>> = {},
): OptionView {
  return {
    value,
    label,
    description: blockedBy?.message ?? description,
    blockedBy: blockedBy?.check,
    isCurrent: false,
    isLive: false,
    ...marks,
  };
}
