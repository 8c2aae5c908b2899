import type { Finding } from '../checks/types.ts';
import type { Problem } from '../errors.ts';
import type { ReleasePlan } from '../release/plan/types.ts';
import type { Layers } from '../values/layers.ts';
import type { SecretMaterial } from '../values/secret-material.ts';
import type { Tree } from '../values/tree.ts';
import type { Draft } from './draft.ts';
import type { AnswerInForce } from './replay.ts';

/** The release that runs, and its own values, free of secrets. */
export interface LiveRelease {
  readonly revision: number;
  readonly values: Tree;
}

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

/** What the outside wants typed before a change. */
export interface WordToType {
  readonly word: string;
  readonly why: string;
  /** Whether without a terminal `--yes` would do; else the command needs the release's name. */
  readonly yesIsEnough?: boolean;
}

/** What the review shows; made by the outside from the request, carried out unchanged. */
export interface Reviewed {
  /** The key of the `plan` that was wanted; the apply carries out exactly this plan. */
  readonly id: string;
  /** Undefined offline: then all that consent does is to write the values file. */
  readonly plan: ReleasePlan | undefined;
  /** The release as it was when the plan was made; absent where nobody looked. */
  readonly seen?: { readonly live: LiveRelease | undefined } | undefined;
  readonly findings: readonly Finding[];
  readonly changesNothing: boolean;
  /** How long the rollout may take before something is wrong. */
  readonly expectedSeconds?: number | undefined;
  /** Where to go back to if it fails: a revision that is known to have run. */
  readonly ranBefore?: number | undefined;
  /** Where the values file goes, and whether one is replaced. */
  readonly writes: readonly string[];
  /** The whole difference and the manifests, for the keys that show them; secrets masked. */
  readonly diff: readonly string[];
  readonly manifest: string;
  /** What must be typed to go on; undefined where y is enough. */
  readonly typed: WordToType | undefined;
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
  readonly typed: WordToType | undefined;
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
