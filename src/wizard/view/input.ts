import type { Place } from '../list.ts';
import type { InputView } from '../view.ts';

/** The text field; of a secret only its length is seen. */
export function inputView(
  { text, caret }: Pick<Place, 'text' | 'caret'>,
  placeholder: string,
  isSecret: boolean,
): InputView {
  if (!isSecret) return { text, caret, placeholder };
  const length = (part: string) => Array.from(part).length;
  const before = length(text.slice(0, caret));
  return { text: '•'.repeat(length(text)), caret: before, placeholder };
}
