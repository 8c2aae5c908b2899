import type { Check, Finding } from '../checks/types.ts';
import type { ClusterFacts } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import type { ReleaseEvent } from '../release/events.ts';
import type { Target } from '../release/target.ts';
import type { ChartSchema } from '../values/chart-schema.ts';
import type { Change } from '../values/diff.ts';
import type { SecretMaterial } from '../values/secret-material.ts';
import type { Tree } from '../values/tree.ts';
import type { Draft, Start } from './draft.ts';
import type { Entry } from './entry.ts';
import type { Choice } from './list.ts';
import type { Overlay } from './overlay.ts';
import type { Ledger, LiveRelease, PlanRequest, Reviewed } from './plan.ts';
import type { Replay } from './replay.ts';
import type { Line } from './view.ts';

/** What is known of the outside, as it comes in. */
export interface World {
  readonly contexts: readonly ContextChoice[];
  readonly presets: readonly PresetChoice[];
  /**
   * `offline`: no cluster or no helm; the wizard goes on without, and `problems` say why. `lost`: one
   * that was there answers no longer; what is known of it is of before.
   */
  readonly connection: 'waiting' | 'connecting' | 'connected' | 'offline' | 'lost';
  readonly problems: readonly Problem[];
  /** When the cluster stopped answering, such as `14:03`, as long as it has not answered since. */
  readonly lostSince?: string | undefined;
  /** Whether a cluster that could not be reached is looked for by itself now and then. */
  readonly looksAgain: boolean;
  /** What a login program says, a line each, as long as nothing has been answered since. */
  readonly loginWords: readonly string[];
  readonly target: Target | undefined;
  /** Version of the helm at hand; empty where it is not known. */
  readonly helm: string;
  /** Of the API server, such as `1.33`. */
  readonly kubernetes: string | undefined;
  /** What runs there now. */
  readonly live: LiveRelease | undefined;
  /** What the values files hold, by path. */
  readonly files: Readonly<Record<string, FileRead>>;
  /** What judges options; undefined until they are loaded: the first question waits for none. */
  readonly checks: readonly Check[] | undefined;
  /** For options and suggestions; each part comes when it is known. */
  readonly facts: ClusterFacts;
  /** Findings, by the key of the values they looked at; the newest ones are kept. */
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
      /** A revision that is known to have run before; undefined where there is none. */
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
  /** How often the cluster was looked for again on request; makes the connections' keys unlike. */
  readonly attempt: number;
  /** How often the cluster was looked at anew on the way that is open: it was lost, or on request. */
  readonly rounds: number;
  /** Reviews that must be made anew before they can be applied, by their plans' keys. */
  readonly outdated: Outdated | undefined;
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

/** `lost`: the cluster was away since; `aged`: too much time has gone by. */
export interface Outdated {
  readonly ids: readonly string[];
  readonly why: 'lost' | 'aged';
}

/** What follows from the rest of the state. It is kept, because keys must be answered at once. */
export interface Derived {
  readonly replay: Replay;
  /** Effective values of what runs; the chart's defaults where nothing does. */
  readonly liveEffective: Tree;
  /** Of the step that is asked; made when they are first looked at. */
  readonly options: readonly Choice[];
  readonly preselected: string | undefined;
  /** Every value of the chart, while one is chosen from them. */
  readonly advanced: readonly Choice[] | undefined;
  /** What all of it was made of. */
  readonly source: Source;
}

export type Source = Pick<WizardState, 'draft' | 'secrets' | 'world' | 'visited' | 'saved'> & {
  readonly step: string;
};

/** What would be with the answer under the cursor. */
export interface Assumed {
  /** Names the look at the cluster: the same values on the same target have the same key. */
  readonly key: string;
  readonly request: PlanRequest;
  /** Against the values as they are. */
  readonly changes: readonly Change[];
}
