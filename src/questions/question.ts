import type { ClusterFacts, FactName } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import type { Values } from '../values/schema/index.ts';
import type { Path, Tree } from '../values/tree.ts';

/** Parts of the wizard, in the order in which they are asked, with their names in the step list. */
export const sections = {
  backend: 'Backend',
  storage: 'Storage',
  connection: 'Connection',
  mesh: 'Mesh',
  scaling: 'Scaling',
  observability: 'Observe',
  network: 'Network',
  resources: 'Resources',
} as const;

export type Section = keyof typeof sections;

/** What a question may look at: the values as the answers before it have made them, and facts. */
export interface QuestionContext {
  readonly values: Values;
  readonly facts: ClusterFacts;
}

export interface SuggestionContext extends QuestionContext {
  /** What users gave so far, whatever the layer; what is missing is the chart's own. */
  readonly given: Tree;
}

/** One thing to choose. */
export interface Option {
  /** What the flag takes, too. */
  readonly value: string;
  readonly label: string;
  /** What it means for the user, a few words. */
  readonly description: string;
}

/**
 * One question about the deployment, as data: a lens on the values. The flag is the same question
 * without a terminal; an answer is the same text in both.
 */
export interface Question {
  readonly id: string;
  readonly section: Section;
  /** As it is asked: a sentence that ends with a question mark. */
  readonly title: string;
  /** One line, below the question and in `--help`. */
  readonly help: string;
  /** Below the question in its place: what is so with the choices so far, and nothing of others. */
  readonly helpWith?: (values: Values) => string;
  /**
   * What the review calls it: for yes or no, what is on; else the words around the answer, which
   * stands for `{}`. Where it is missing, the answer says enough.
   */
  readonly short?: string;
  readonly flag: string;
  readonly placeholder: string;
  /**
   * `choice`: one of the options. `text`: typed; options are proposals. `secret`: typed, never
   * shown, never kept; `write` gets it, and it goes into a Secret.
   */
  readonly kind: 'choice' | 'text' | 'secret';
  /**
   * The answers that the flag takes, where only some are allowed. With `yesNo` the flag takes no
   * value: `--alerts`, `--no-alerts`.
   */
  readonly choices?: readonly string[];
  /** Whether the wizard asks it with these values; always, where it is missing. */
  readonly when?: (values: Values) => boolean;
  /** The wizard does not ask it on its way; the flag and the advanced view have it. */
  readonly flagOnly?: true;
  /** Parts of the facts that options and suggestion come from. */
  readonly needs?: readonly FactName[];
  /** What can be chosen, on this cluster. */
  readonly options?: (context: QuestionContext) => readonly Option[];
  /**
   * Checks that say why an option cannot work: it is dimmed where one of them fails with it. They
   * need no rendered objects. One that fails with every option is not about this question.
   */
  readonly judgedBy?: readonly string[];
  /**
   * The answer to start with where nobody has answered. Unset where users gave one already or the
   * chart computes it; one that depends on the cluster is made anew when facts change. Not for a
   * release that runs: there the answer is what is live.
   */
  readonly suggest?: (context: SuggestionContext) => string | undefined;
  /**
   * The answer that the values hold; undefined where they hold none, or none that could be put in
   * these words. The empty answer is one: none, or what the chart and the cluster decide.
   */
  readonly read: (values: Values) => string | undefined;
  /** What is missing with these values, without which XERV cannot run: there is no way past it. */
  readonly missing?: (values: Values) => Problem | undefined;
  /** The values that an answer stands for, or what is wrong with it. */
  readonly write: (answer: string) => Answer;
  /** What is wrong with an answer beside the other values, with which it would have no effect. */
  readonly conflict?: (answer: string, values: Values) => Problem | undefined;
}

/** Answers of a question whose flag takes no value. */
export const yesNo: readonly string[] = ['true', 'false'];

export type Answer =
  | {
      readonly ok: true;
      readonly values: Tree;
      /** Maps that are set as a whole: of weaker layers nothing stays in them (see Layer). */
      readonly replaces?: readonly Path[];
    }
  | { readonly ok: false; readonly problem: Problem };

/** An answer that is fine. */
export function accept(values: Tree, replaces?: readonly Path[]): Answer {
  return { ok: true, values, ...(replaces && { replaces }) };
}

/** An answer that is not; `message` must not repeat what was typed: it may be a secret in the wrong place. */
export function reject(message: string, next?: string): Answer {
  return { ok: false, problem: next === undefined ? { message } : { message, next } };
}
