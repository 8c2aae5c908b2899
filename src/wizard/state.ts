import type { Check, Finding } from '../checks/types.ts';
import type { ClusterFacts } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import type { ReleaseEvent, Target } from '../release/events.ts';
import type { ReleasePlan } from '../release/plan/types.ts';
import type { ChartSchema } from '../values/chart-schema.ts';
import type { Layers } from '../values/layers.ts';
import type { SecretMaterial } from '../values/secret-material.ts';
import type { Tree } from '../values/tree.ts';
import type { Assumed } from './assumed.ts';
import type { Derived } from './derive.ts';
import type { Entry } from './entry.ts';
import type { Overlay } from './overlay.ts';
import type { AnswerInForce } from './replay.ts';
import type { Line } from './view.ts';

/** What the user wants to happen. `change` is an upgrade of a release that is there. */
export type Intent = 'install' | 'change' | 'uninstall';

/**
 * All that the user has said, and all of it that is kept on disk: free of secrets. Review, resume
 * and the equivalent command are made from it.
 */
export interface Draft {
  /** Undefined until chosen; it has to be chosen only where a release runs. */
  readonly intent: Intent | undefined;
  /** Undefined until chosen or found to be the only one. */
  readonly context: string | undefined;
  readonly namespace: string;
  readonly release: string;
  readonly presets: readonly string[];
  /** Paths of values files to start from; the later one wins. */
  readonly files: readonly string[];
  /** A change that leaves the live values out. */
  readonly resetValues: boolean;
  /** By the question's id, as its flag would have it; hidden ones are kept and not applied. */
  readonly answers: Readonly<Record<string, string>>;
  /** Values set by path (advanced view, remedies of checks), as JSON text; above the answers. */
  readonly edits: Readonly<Record<string, string>>;
  /** Ids of checks that the user lets fail, with the reason. */
  readonly skips: Readonly<Record<string, string>>;
  /** What becomes of the data in an uninstall. */
  readonly data: 'keep' | 'delete';
}

/** What the values start from. */
export type Start = Pick<Draft, 'presets' | 'files' | 'resetValues'>;

/** What is known of the outside, as it comes in. */
export interface World {
  readonly contexts: readonly ContextChoice[];
  readonly presets: readonly PresetChoice[];
  /** `offline`: no cluster or no helm; the wizard goes on without, and `problems` say why. */
  readonly connection: 'waiting' | 'connecting' | 'connected' | 'offline';
  readonly problems: readonly Problem[];
  readonly target: Target | undefined;
  /** Version of the helm at hand; empty where it is not known. */
  readonly helm: string;
  /** Of the API server, such as `1.33`. */
  readonly kubernetes: string | undefined;
  /** The release that runs there now, and its own values, free of secrets. */
  readonly live: { readonly revision: number; readonly values: Tree } | undefined;
  /** What the values files hold, by path. */
  readonly files: Readonly<Record<string, FileRead>>;
  /** What judges options; undefined until they are loaded: the first question waits for none. */
  readonly checks: readonly Check[] | undefined;
  /** For options and suggestions; each part comes when it is known. */
  readonly facts: ClusterFacts;
  /** What the checks say, by the key of the values they looked at; the newest ones are kept. */
  readonly looks: Readonly<Record<string, Look>>;
  /** Why the answers are not kept for the next start; undefined where they are. */
  readonly unkept?: string | undefined;
}

export type FileRead =
  | { readonly state: 'read'; readonly values: Tree }
  | { readonly state: 'failed'; readonly problem: Problem };

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
  /** Whether it stacks on a start of another kind. */
  readonly isAddition: boolean;
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

/** What a plan is made of, frozen when it was asked for: facts that come later change nothing. */
export interface PlanRequest {
  readonly draft: Draft;
  /**
   * Preset, files, answers in force and edits, from the weakest to the strongest. The live values
   * of a change are not among them. Of a secret they hold the masked URL: see withSecrets.
   */
  readonly layers: Layers;
  /** Answers that are applied, with the suggestions that were let stand, in their order. */
  readonly answers: readonly AnswerInForce[];
  /** By the question's id. */
  readonly secrets: Readonly<Record<string, SecretMaterial>>;
  /** The revision to go back to: then nothing else of this is applied. */
  readonly rollbackTo?: number;
}

/** What the review shows; made by the outside from the request, carried out unchanged. */
export interface Reviewed {
  /** The key of the `plan` that was wanted; the apply carries out exactly this plan. */
  readonly id: string;
  /** Undefined offline: then all that consent does is to write the values file. */
  readonly plan: ReleasePlan | undefined;
  readonly findings: readonly Finding[];
  readonly changesNothing: boolean;
  /** How long the rollout may take before something is wrong. */
  readonly expectedSeconds?: number | undefined;
  /** Where the values file goes, and whether one is replaced. */
  readonly writes: readonly string[];
  /** The whole difference and the manifests, for the keys that show them; secrets masked. */
  readonly diff: readonly string[];
  readonly manifest: string;
  /** What must be typed to go on; undefined where y is enough. */
  readonly typed: { readonly word: string; readonly why: string } | undefined;
}

/** What an uninstall would do: its ledger. */
export interface Ledger {
  /** The key of the `plan` that was wanted. */
  readonly id: string;
  readonly removes: readonly string[];
  readonly claims: readonly LedgerClaim[];
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
  /** What must be typed where the data is kept; undefined where y is enough. */
  readonly typed: { readonly word: string; readonly why: string } | undefined;
}

export interface LedgerClaim {
  readonly name: string;
  readonly size: string;
  readonly storageClass: string;
  /** Who made it. */
  readonly owner: string;
  readonly fate: ClaimFate;
}

/** What becomes of the data in a claim where the release's data is deleted. */
export type ClaimFate =
  | 'erased'
  /** The claim goes, its volume stays with the data: reclaim policy Retain. */
  | 'volume-stays'
  | 'no-volume'
  /** The volume may not be read. */
  | 'unknown'
  /** It is the user's own, and never touched. */
  | 'untouched';

export type Phase =
  /** Questions; before them where and what to start from. */
  | { readonly name: 'asking' }
  /** The plan is being made; `id` is its key. */
  | { readonly name: 'planning'; readonly id: string; readonly request: PlanRequest }
  /** What is wrong before there can be a plan. */
  | {
      readonly name: 'blocked';
      readonly request: PlanRequest;
      readonly problems: readonly Problem[];
    }
  | ReviewPhase
  | {
      readonly name: 'ledger';
      readonly request: PlanRequest;
      readonly ledger: Ledger;
      /** What becomes of the data, once chosen; the consent is asked for then. */
      readonly choice: Draft['data'] | undefined;
    }
  /** Consent was given to the plan of this id. */
  | {
      readonly name: 'applying';
      readonly id: string;
      readonly request: PlanRequest;
      /** The release's revision before; undefined where there was none. */
      readonly revision: number | undefined;
      readonly expectedSeconds: number | undefined;
      readonly events: readonly ReleaseEvent[];
      readonly stopping: boolean;
    }
  | EndedPhase
  /** The program may go: with what, and what is said last. */
  | {
      readonly name: 'left';
      readonly why: LeaveReason;
      readonly ended: EndedPhase | undefined;
      /** A command to run that was chosen after a failure. */
      readonly then: string | undefined;
    };

export interface ReviewPhase {
  readonly name: 'review';
  readonly request: PlanRequest;
  readonly reviewed: Reviewed;
}

export interface EndedPhase {
  readonly name: 'ended';
  readonly request: PlanRequest;
  readonly revision: number | undefined;
  readonly events: readonly ReleaseEvent[];
  readonly outcome: Outcome;
}

export type Outcome = Extract<ReleaseEvent, { type: 'outcome' }>;

export type LeaveReason =
  /** Ctrl+C or Esc before anything was changed. */
  | 'cancelled'
  /** Nothing to change, or looked at and left as it is. */
  | 'nothing-to-do'
  /** After `ended`: the exit code is that of the outcome. */
  | 'ended'
  /** A second Ctrl+C while an apply was being stopped: what the cluster holds is not known. */
  | 'forced';

/** Where the user is among the steps; it changes with every key, and never what will be applied. */
export interface Focus extends Entry {
  /** Id of the step that is asked: a question's id, or one of the steps before the questions. */
  readonly step: string;
}

/** A session as it is kept. */
export interface KeptSession {
  readonly version: 1;
  readonly step: string;
  readonly draft: Draft;
}

export interface WizardState {
  readonly phase: Phase;
  readonly draft: Draft;
  /** The start that flags gave; nobody has to choose it again. */
  readonly given: Start;
  readonly world: World;
  readonly focus: Focus;
  /** What lies over the question or the review; the last one is seen. */
  readonly overlays: readonly Overlay[];
  /** A session of before that can be gone on with; asked first. */
  readonly saved: KeptSession | undefined;
  /** Secrets that were typed, by the question's id. Never serialised, never shown. */
  readonly secrets: Readonly<Record<string, SecretMaterial>>;
  /** Steps that the user has seen or was shown in a review. */
  readonly visited: readonly string[];
  /** What a jump to an answer goes back to. */
  readonly returnTo:
    | {
        readonly step: string;
        readonly phase: ReviewPhase | EndedPhase;
        /** As it was then: nothing was changed since where it is the same. */
        readonly draft: Draft;
      }
    | undefined;
  /** What is done for good, a line each; it only grows. */
  readonly transcript: readonly Line[];
  /** How many plans were asked for; makes their keys unlike. */
  readonly plans: number;
  /** Whether anything was chosen: a session that is worth keeping. */
  readonly touched: boolean;
  /** Further arguments of the invocation that belong to the equivalent command, such as --chart. */
  readonly extraArguments: readonly string[];
  /** Of the chart's values. */
  readonly schema: ChartSchema;
  readonly chartDefaults: Tree;
  /** What follows from the rest; see derive.ts. */
  readonly derived: Derived;
  /** What would be with the answer under the cursor. */
  readonly assumed: Assumed | undefined;
}
