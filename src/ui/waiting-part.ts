import type { Part } from './part.ts';
import { span } from './row.ts';

/** Something is being looked up or made; no spinner: the text says what. */
export function waitingPart(text: string): Part {
  return { role: 'timer', lines: [[span(` ${text}`)]] };
}
