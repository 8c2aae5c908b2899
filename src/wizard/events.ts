import type { ClusterFacts } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import type { ReleaseEvent } from '../release/events.ts';
import type { NamedAction } from './actions.ts';
import type { Ledger, PlanRequest, Reviewed } from './plan.ts';
import type { FileRead, KeptSession, Look, World } from './state.ts';

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
  | 'ctrl-e'
  | 'ctrl-r'
  | 'ctrl-u';

/** All that can happen to the wizard. */
export type WizardEvent =
  | { readonly type: 'key'; readonly key: Key }
  /**
   * What somebody chose or typed where the focus is, in one piece: an option's value, or a text.
   * For front ends that read lines and no keys.
   */
  | { readonly type: 'answer'; readonly text: string }
  /** What a row of the key map does, by its name; nothing where its key does nothing now. */
  | { readonly type: 'act'; readonly action: NamedAction }
  /**
   * Something about the outside has come in. `key` is that of the `connect` it belongs to (dropped
   * where another is wanted by now); absent for what needs no cluster: contexts and presets.
   */
  | {
      readonly type: 'world';
      readonly key?: string;
      readonly world: Partial<Omit<World, 'facts' | 'looks' | 'files'>>;
    }
  /** Parts of the facts; those of before stay. */
  | { readonly type: 'facts'; readonly key: string; readonly facts: ClusterFacts }
  | { readonly type: 'file'; readonly path: string; readonly read: FileRead }
  | { readonly type: 'looked'; readonly key: string; readonly look: Look }
  | { readonly type: 'reviewed'; readonly reviewed: Reviewed }
  | { readonly type: 'ledger'; readonly ledger: Ledger }
  /** The plan of this key could not be made. */
  | { readonly type: 'blocked'; readonly key: string; readonly problems: readonly Problem[] }
  | { readonly type: 'release'; readonly event: ReleaseEvent }
  /**
   * A cluster that was there answers no longer.
   * Since when: the time of day at which it was asked in vain first, such as `14:03`.
   */
  | {
      readonly type: 'lost';
      readonly since: string;
      readonly problems: readonly Problem[];
      /** Whether it may come back by itself. */
      readonly looksAgain: boolean;
    }
  /** What was reviewed under this key was seen too long ago. */
  | { readonly type: 'aged'; readonly id: string }
  /** The line of a text that stands at the top, where less fits below it than was scrolled over. */
  | { readonly type: 'scrolled'; readonly line: number }
  /** SIGINT, SIGTERM or SIGHUP from outside; a key is a `key`. */
  | { readonly type: 'interrupt' };

/**
 * What the wizard wants of the outside in its present state. The outside starts what has newly come
 * to be wanted, by its key, and aborts what is wanted no longer.
 */
export type Wanted =
  /** Load the checks that judge options, then tell them as a part of the `world`. */
  | { readonly kind: 'checks'; readonly key: string }
  /** Read the kubeconfig anew, then tell its contexts as a part of the `world`. */
  | { readonly kind: 'contexts'; readonly key: string }
  /** Connect to this context and look at namespace and release; then tell `world` and `facts`. */
  | {
      readonly kind: 'connect';
      readonly key: string;
      readonly context: string;
      readonly namespace: string;
      readonly release: string;
    }
  /** Read a values file, then tell `file`. */
  | { readonly kind: 'read'; readonly key: string; readonly path: string }
  /** Run the checks on these values, then tell `looked` with the same key. */
  | { readonly kind: 'look'; readonly key: string; readonly request: PlanRequest }
  /** Make the plan (or, for an uninstall, the ledger), then tell `reviewed`, `ledger` or `blocked`. */
  | { readonly kind: 'plan'; readonly key: string; readonly request: PlanRequest }
  /** Tell `aged` once what is reviewed was seen too long ago. */
  | { readonly kind: 'age'; readonly key: string; readonly id: string }
  /**
   * Carry out the plan of this id. It is wanted no longer once it is to stop: it then goes on to
   * tell its events, up to the outcome.
   */
  | {
      readonly kind: 'apply';
      readonly key: string;
      readonly id: string;
      readonly request: PlanRequest;
    }
  /** Keep this on disk. */
  | { readonly kind: 'save'; readonly key: string; readonly session: KeptSession }
  /** Take what was kept away: it is done. */
  | { readonly kind: 'forget'; readonly key: string };
