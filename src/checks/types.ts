import type { ClusterFacts, FactName } from '../cluster/facts/facts.ts';
import type { Values } from '../values/schema/index.ts';
import type { Path, Tree } from '../values/tree.ts';

/** What a check is about; the order is that of the output. */
export const categories = [
  'cluster',
  'release',
  'backend',
  'pods',
  'storage',
  'scaling',
  'mesh',
  'observability',
  'network',
] as const;
export type Category = (typeof categories)[number];

/** An id never changes its meaning and is never used again. */
export type CheckId = `XV-${number}`;

/** An object of `helm template`, as far as it identifies itself; the rest is read as needed. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** All that a check may look at. */
export interface CheckInput {
  readonly target: {
    readonly context: string;
    readonly namespace: string;
    readonly release: string;
  };
  /** Undefined where it is not known whether there is a release. */
  readonly action: 'install' | 'upgrade' | undefined;
  /** With every default in place, also where the user took one away with null. */
  readonly values: Values;
  /** As helm gives them to the templates: what was taken away is missing. */
  readonly effective: Tree;
  /** What the user set, without the chart's defaults. */
  readonly given: Tree;
  /** The live release's own values; undefined for an install. */
  readonly live: Tree | undefined;
  /** Version of the helm at hand, such as 4.1.4; empty where it did not tell. */
  readonly helm: string;
  /** Empty where helm could not render. */
  readonly objects: readonly RenderedObject[];
  readonly facts: ClusterFacts;
}

/** A change of one value; undefined takes it away. */
export interface ValueChange {
  readonly path: Path;
  readonly value: unknown;
}

/** A way to mend what was found: something to run, values to change, or both. */
export interface Remedy {
  /** A sentence that starts with a verb. */
  readonly text: string;
  /** To be run as it stands; several lines are several commands. */
  readonly command?: string;
  readonly changes?: readonly ValueChange[];
}

export const statuses = ['fail', 'unknown', 'warn', 'skip', 'pass'] as const;
export type Status = (typeof statuses)[number];

/** What a check says; one check may say several things. */
export interface Verdict {
  readonly status: Status;
  /** What is so, with the names and numbers of this cluster. */
  readonly message: string;
  /** Object and field that were looked at, with what stands there. */
  readonly evidence?: readonly string[];
  readonly remedies?: readonly Remedy[];
}

export interface Check {
  readonly id: CheckId;
  readonly category: Category;
  /** A short sentence that is true where the check passes. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What it reads, in words, for the reference. */
  readonly reads: string;
  /** The rules between choices that it keeps (docs/rules), such as D07. */
  readonly rules: readonly string[];
  /** Set where it means something for a chart that is not ours, too. */
  readonly anyChart?: true;
  /**
   * Set where whoever goes on in spite of it must give a name, not only say yes: always, or where
   * an object of one of these kinds is made, changed or removed, so that what was consented to
   * once is not asked for again by every upgrade.
   */
  readonly wantsTyping?: 'always' | { readonly changing: readonly string[] };
  /** Parts of the facts that it wants for these values; none where it does not apply. */
  readonly needs: (input: Omit<CheckInput, 'facts'>) => readonly FactName[];
  /** Whether there is anything to judge with these values. */
  readonly applies: (input: Omit<CheckInput, 'facts'>) => boolean;
  readonly run: (input: CheckInput) => Verdict | readonly Verdict[];
}

export interface Finding extends Verdict {
  readonly check: CheckId;
  readonly category: Category;
  readonly title: string;
  /** Why the user let a failure pass. */
  readonly skippedBecause?: string;
}
