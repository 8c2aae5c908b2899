import type { Finding } from '../checks/types.ts';
import type { Problem } from '../errors.ts';
import type { ClaimState, Diagnosis, PodState } from '../release/events.ts';

/**
 * What is to be seen, free of glyphs, colours and sizes: the screen and the plain text are two
 * drawings of the same view.
 */
export interface View {
  readonly chrome: Chrome;
  readonly body: Body;
  /** The keys that work now, in the order of the footer. */
  readonly keys: readonly KeyHint[];
  /**
   * What is done for good, a line each: written once, above the screen, where it stays. Lines are
   * only ever added, and none before consent, because until then every answer can change.
   */
  readonly transcript: readonly Line[];
}

export interface Chrome {
  /** `install`, `upgrade`, `uninstall`. */
  readonly title: string;
  /** Where: context, namespace, version; `…` for what is not known yet. */
  readonly place: readonly string[];
  readonly steps: readonly StepMark[];
}

export interface StepMark {
  readonly label: string;
  readonly state: 'done' | 'current' | 'open';
}

export interface KeyHint {
  /** As the key map names it: `up-down`, `enter`, `escape`, a letter … */
  readonly key: string;
  readonly does: string;
}

export type Body =
  | QuestionBody
  | { readonly kind: 'waiting'; readonly text: string }
  | {
      readonly kind: 'blocked';
      readonly problems: readonly Problem[];
      /** What happens by itself meanwhile. */
      readonly note?: string | undefined;
    }
  | ReviewBody
  | LedgerBody
  | RolloutBody
  | EndBody
  | {
      readonly kind: 'lines';
      readonly title: string;
      readonly lines: readonly Line[];
      readonly scroll: number;
    };

/** A line of text; the tone is for colour and says nothing that the text does not. */
export interface Line {
  readonly text: string;
  readonly tone: 'plain' | 'muted' | 'good' | 'warn' | 'bad' | 'added' | 'removed' | 'title';
}

export interface QuestionBody {
  readonly kind: 'question';
  readonly title: string;
  readonly help: string;
  /** After filtering; empty for a question that is only typed. */
  readonly options: readonly OptionView[];
  /** How many there are without the filter: the list keeps its height while one types. */
  readonly optionCount: number;
  /** Index into `options`; -1 where the text field has the focus. */
  readonly cursor: number;
  /** What narrowed the list; undefined where it cannot be narrowed. */
  readonly filter: string | undefined;
  /** Whether what is typed now narrows the list. */
  readonly isFiltering: boolean;
  readonly input: InputView | undefined;
  readonly problem: Problem | undefined;
  /** What is to be known and is nothing wrong. */
  readonly notice?: Problem | undefined;
  /** Undefined, as the changes are, where no choice about the values is made. */
  readonly findings: FindingsView | undefined;
  /** Values that the answer under the cursor changes, a few words each. */
  readonly changes: readonly string[] | undefined;
}

export interface OptionView {
  readonly value: string;
  readonly label: string;
  /** The reason instead, where it cannot work. */
  readonly description: string;
  readonly blockedBy: string | undefined;
  /** What the values hold now. */
  readonly isCurrent: boolean;
  /** What runs, where the answer would change it. */
  readonly isLive: boolean;
}

export interface InputView {
  /** Dots for a secret. */
  readonly text: string;
  readonly caret: number;
  readonly placeholder: string;
}

/** What the cluster says about the choice under the cursor. */
export interface FindingsView {
  /**
   * `awaited`: no cluster was seen, and it is looked for by itself now and then. `lost`: one that was
   * there answers no longer. `later`: a secret is being typed, which nobody looks at before it is
   * entered.
   */
  readonly state: 'coming' | 'known' | 'offline' | 'awaited' | 'lost' | 'later';
  /** What is told is of before this time of day: the cluster has not answered since. */
  readonly since?: string | undefined;
  readonly findings: readonly Finding[];
  readonly passed: number;
  /** The key that explains the worst of them now; undefined where none does. */
  readonly explainedBy?: string | undefined;
  /** Checks that have nothing to look at: there is no cluster. They run at the install. */
  readonly needCluster: number;
}

export interface ReviewBody {
  readonly kind: 'review';
  /** That nothing was done yet, a few words. */
  readonly status: string;
  readonly target: {
    readonly context: string;
    readonly server: string;
    readonly namespace: string;
    readonly release: string;
    readonly isNew: boolean;
  };
  readonly looksLikeProduction: boolean;
  /** `create 14 objects`, `3 claims of 50Gi`, `restart 3 pods one by one` … */
  readonly will: readonly Line[];
  /** Sections with their answers in a few words, and the key that jumps there. */
  readonly answers: readonly {
    readonly label: string;
    readonly text: string;
    readonly key: string;
    readonly isChanged: boolean;
    /** Nothing was chosen here. */
    readonly isQuiet: boolean;
  }[];
  readonly findings: FindingsView;
  readonly writes: readonly string[];
  readonly command: string;
  /** Environment variables with secrets that the command needs. */
  readonly variables: readonly string[];
  /** Undefined where there is nothing to consent to: no change, or a failed check. */
  readonly consent: ConsentView | undefined;
  /** In the place of the consent: why there is none. */
  readonly noConsent: string | undefined;
  readonly problem: Problem | undefined;
}

export interface ConsentView {
  /** What is asked: a sentence that names the word to type, or a question for y and n. */
  readonly ask: string;
  /** The same without why. */
  readonly demand?: string;
  readonly word: string | undefined;
  /** Undefined until the field has the focus. */
  readonly input: InputView | undefined;
}

export interface LedgerBody {
  readonly kind: 'ledger';
  readonly title: string;
  readonly removes: readonly string[];
  readonly claims: readonly {
    readonly name: string;
    readonly size: string;
    readonly storageClass: string;
    readonly owner: string;
    /** What becomes of the data, a few words. */
    readonly fate: string;
  }[];
  readonly warnings: readonly string[];
  readonly options: readonly OptionView[];
  readonly cursor: number;
  readonly consent: ConsentView | undefined;
  /** In the place of the consent: why there is none. */
  readonly noConsent: string | undefined;
  readonly problem: Problem | undefined;
  readonly command: string;
}

export interface RolloutBody {
  readonly kind: 'rollout';
  readonly title: string;
  readonly steps: readonly { readonly text: string; readonly state: 'started' | 'done' }[];
  readonly ready: number;
  readonly wanted: number;
  readonly pods: readonly PodState[];
  readonly claims: readonly ClaimState[];
  readonly elapsedSeconds: number;
  readonly expectedSeconds: number | undefined;
  readonly lastEvent: string | undefined;
  readonly isStopping: boolean;
}

export interface EndBody {
  readonly kind: 'end';
  readonly outcome: 'done' | 'failed' | 'cancelled' | 'nothing-to-do';
  readonly message: string;
  readonly state: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly problems: readonly Problem[];
  /** Addresses, commands: what to try. */
  readonly next: readonly string[];
  /** What can be done about a failure, best first. */
  readonly options: readonly OptionView[];
  readonly cursor: number;
}
