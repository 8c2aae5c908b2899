import type { Finding } from '../checks/types.ts';
import type { ClusterFacts } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import type { ReleaseEvent, Target } from '../release/events.ts';
import type { ReleasePlan } from '../release/plan/types.ts';
import type { Layers } from '../values/layers.ts';
import type { Tree } from '../values/tree.ts';

/** What the user wants to happen. `change` is an upgrade of a release that is there. */
export type Intent = 'install' | 'change' | 'uninstall';

/**
 * All that the user has said, and all of it that is kept on disk: free of secrets. Review, resume
 * and the equivalent command are made from it.
 */
export interface Draft {
  readonly intent: Intent;
  /** Undefined until chosen or found to be the only one. */
  readonly context: string | undefined;
  readonly namespace: string;
  readonly release: string;
  readonly presets: readonly string[];
  /** A values file to start from. */
  readonly file: string | undefined;
  /** By the question's id, as its flag would have it; hidden ones are kept and not applied. */
  readonly answers: Readonly<Record<string, string>>;
  /** Values set by path in the advanced view, as JSON text. */
  readonly edits: Readonly<Record<string, string>>;
  /** Ids of checks that the user lets fail, with the reason. */
  readonly skips: Readonly<Record<string, string>>;
  /** What becomes of the data in an uninstall. */
  readonly data: 'keep' | 'delete';
}

/** What is known of the outside, as it comes in. */
export interface World {
  readonly contexts: readonly ContextChoice[];
  readonly presets: readonly PresetChoice[];
  /** `offline`: no cluster or no helm; the wizard goes on without, and `problems` say why. */
  readonly connection: 'waiting' | 'connecting' | 'connected' | 'offline';
  readonly problems: readonly Problem[];
  readonly target: Target | undefined;
  /** Of the API server, such as `1.33`. */
  readonly kubernetes: string | undefined;
  /** The release that runs there now, and its own values, free of secrets. */
  readonly live: { readonly revision: number; readonly values: Tree } | undefined;
  /** For options and suggestions; each part comes when it is known. */
  readonly facts: ClusterFacts;
  /** What the checks say, by the key of the values they looked at; the newest ones are kept. */
  readonly looks: Readonly<Record<string, Look>>;
}

export interface ContextChoice {
  readonly name: string;
  readonly server: string;
  readonly isCurrent: boolean;
  readonly looksLikeProduction: boolean;
}

export interface PresetChoice {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly values: Tree;
}

/** What a look at the cluster with certain values gave. */
export type Look =
  | { readonly state: 'coming' }
  | { readonly state: 'failed'; readonly problems: readonly Problem[] }
  | {
      readonly state: 'done';
      readonly findings: readonly Finding[];
      readonly problems: readonly Problem[];
    };

/** What the review shows; made by the outside from the draft, carried out unchanged. */
export interface Reviewed {
  /** Names the plan that waits outside: the apply carries out exactly this one. */
  readonly id: string;
  /** Undefined offline: then all that consent does is to write the values file. */
  readonly plan: ReleasePlan | undefined;
  readonly findings: readonly Finding[];
  readonly changesNothing: boolean;
  /** Where the values file goes, and whether one is replaced. */
  readonly writes: readonly string[];
  /** The same as one command; offline, the commands to run where there is a cluster. */
  readonly command: string;
  /** The whole difference and the manifests, for the keys that show them; secrets masked. */
  readonly diff: readonly string[];
  readonly manifest: string;
  /** What must be typed to go on; undefined where y is enough. */
  readonly typed: { readonly word: string; readonly why: string } | undefined;
}

/** What an uninstall would do: its ledger. */
export interface Ledger {
  readonly id: string;
  readonly removes: readonly string[];
  readonly claims: readonly LedgerClaim[];
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
  readonly command: string;
}

export interface LedgerClaim {
  readonly name: string;
  readonly size: string;
  readonly storageClass: string;
  /** Who made it. */
  readonly owner: string;
  /** What happens to its volume when the claim is deleted. */
  readonly volume: string;
  /** Whether this release may delete it. */
  readonly isOurs: boolean;
}

export type Phase =
  /** Questions; before them where and what to start from. */
  | { readonly name: 'asking' }
  /** The plan is being made. */
  | { readonly name: 'planning' }
  /** What is wrong before there can be a plan. */
  | { readonly name: 'blocked'; readonly problems: readonly Problem[] }
  | { readonly name: 'review'; readonly reviewed: Reviewed }
  | { readonly name: 'ledger'; readonly ledger: Ledger }
  /** Consent was given to the plan of this id. */
  | {
      readonly name: 'applying';
      readonly id: string;
      readonly events: readonly ReleaseEvent[];
      readonly stopping: boolean;
    }
  | {
      readonly name: 'ended';
      readonly events: readonly ReleaseEvent[];
      readonly outcome: Outcome;
    }
  /** The program may go: with what, and what is said last. */
  | { readonly name: 'left'; readonly why: LeaveReason };

export type Outcome = Extract<ReleaseEvent, { type: 'outcome' }>;

export type LeaveReason =
  /** Ctrl+C or Esc before anything was changed. */
  | 'cancelled'
  /** Nothing to change, or looked at and left as it is. */
  | 'nothing-to-do'
  /** The values file is all that could be made. */
  | 'offline'
  /** After `ended`: the exit code is that of the outcome. */
  | 'ended';

/** Where the user is on the screen; it changes with every key, and never what will be applied. */
export interface Focus {
  /** Id of the step that is asked: a question's id, or one of the steps before the questions. */
  readonly step: string;
  /** Index of the option under the cursor. */
  readonly cursor: number;
  /** What stands in the text field, with the cursor's place in it. */
  readonly text: string;
  readonly caret: number;
  /** What narrows a long list. */
  readonly filter: string;
  /** What lies over the question. */
  readonly overlay: 'none' | 'keys' | 'findings' | 'values' | 'diff' | 'manifest' | 'advanced';
  /** First line shown of what can be scrolled. */
  readonly scroll: number;
  /** What is wrong with what was entered. */
  readonly problem: Problem | undefined;
}

export interface WizardState {
  readonly phase: Phase;
  readonly draft: Draft;
  readonly world: World;
  readonly focus: Focus;
  /** What flags and files say, below the answers; presets of the draft are put in by name. */
  readonly given: Layers;
  /** A session of before that can be gone on with; asked first. */
  readonly saved: Draft | undefined;
  /** Secrets that were typed, by the question's id. Never serialised, never shown. */
  readonly secrets: Readonly<Record<string, string>>;
}
