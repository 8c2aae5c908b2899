import type { ClusterFacts } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import type { ReleaseEvent } from '../release/events.ts';
import type { Draft, Ledger, Look, Reviewed, World } from './state.ts';

/** A key, as the terminal's libraries name it; `text` is what was typed or pasted. */
export type Key = { readonly name: KeyName } | { readonly name: 'text'; readonly text: string };

export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'shift-tab'
  | 'backspace'
  | 'delete'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'ctrl-c'
  | 'ctrl-u';

/** All that can happen to the wizard. */
export type WizardEvent =
  | { readonly type: 'key'; readonly key: Key }
  /** Something about the outside has come in. */
  | { readonly type: 'world'; readonly world: Partial<Omit<World, 'facts' | 'looks'>> }
  | { readonly type: 'facts'; readonly facts: ClusterFacts }
  | { readonly type: 'looked'; readonly key: string; readonly look: Look }
  | { readonly type: 'reviewed'; readonly reviewed: Reviewed }
  | { readonly type: 'ledger'; readonly ledger: Ledger }
  /** The plan could not be made. */
  | { readonly type: 'blocked'; readonly problems: readonly Problem[] }
  | { readonly type: 'release'; readonly event: ReleaseEvent }
  /** SIGINT, SIGTERM or SIGHUP from outside; a key is a `key`. */
  | { readonly type: 'interrupt' };

/**
 * What the wizard wants of the outside in its present state. The outside starts what has newly come
 * to be wanted, by its key, and aborts what is wanted no longer.
 */
export type Wanted =
  /** Connect, then tell `world` and `facts`. */
  | { readonly kind: 'connect'; readonly key: string; readonly draft: Draft }
  /** Run the checks on these values, then tell `looked` with the same key. */
  | { readonly kind: 'look'; readonly key: string; readonly draft: Draft }
  /** Make the plan (or, for an uninstall, the ledger). */
  | { readonly kind: 'plan'; readonly key: string; readonly draft: Draft }
  /** Carry out the plan that was reviewed. */
  | { readonly kind: 'apply'; readonly key: string; readonly id: string; readonly draft: Draft }
  /** Keep the draft on disk, without secrets. */
  | { readonly kind: 'save'; readonly key: string; readonly draft: Draft };
