import type { Problem } from '../../errors.ts';
import type { WizardEvent } from '../../wizard/events.ts';

/** What a line that is no command means. */
export type Reply =
  | { readonly kind: 'events'; readonly events: readonly WizardEvent[] }
  /** Nothing changes; this is said, and the same is asked again. */
  | { readonly kind: 'say'; readonly lines: readonly string[] }
  /** Of a long list, what has these words in it. */
  | { readonly kind: 'narrow'; readonly words: string };

/** Something that is asked, as lines. */
export interface Prompt {
  /** Another key is another question: it is written in full. */
  readonly key: string;
  readonly lines: readonly string[];
  readonly problem: Problem | undefined;
  /** Stands before what is typed; ends without a line break. */
  readonly ask: string;
  readonly isSecret: boolean;
  /** What was typed before it was asked does not answer it. */
  readonly needsFreshLine: boolean;
  readonly read: (line: string) => Reply;
}

export function send(...events: readonly WizardEvent[]): Reply {
  return { kind: 'events', events };
}

export function answer(text: string): Reply {
  return send({ type: 'answer', text });
}

export function say(...lines: readonly string[]): Reply {
  return { kind: 'say', lines };
}
