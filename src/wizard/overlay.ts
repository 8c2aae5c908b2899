import type { Finding } from '../checks/types.ts';
import { type Entry, emptyEntry } from './entry.ts';

/** An answer that waits for what is blocked to be mended or let pass. */
export interface WaitingAnswer {
  readonly step: string;
  readonly value: string;
}

/** Overlays that need nothing to be opened with. */
export type PlainOverlay =
  | 'keys'
  | 'findings'
  | 'values'
  | 'diff'
  | 'manifest'
  | 'advanced'
  | 'logs';

/** What lies over the question or the review. */
export type Overlay = { readonly entry: Entry } & (
  | { readonly kind: PlainOverlay }
  /** One finding, explained. */
  | {
      readonly kind: 'finding';
      readonly finding: Finding;
      readonly waiting?: WaitingAnswer | undefined;
    }
  /** Asks for the reason to let a failure pass. */
  | {
      readonly kind: 'skip';
      readonly finding: Finding;
      readonly waiting?: WaitingAnswer | undefined;
    }
  /** Edits one value by its path. */
  | { readonly kind: 'value'; readonly path: string }
);

export function openPlain(kind: PlainOverlay): Overlay {
  return { kind, entry: emptyEntry };
}
