import { setMaxListeners } from 'node:events';
import type { Api } from '../types.ts';
import type { ClusterFacts, Fact, FactName, FactValue } from './facts.ts';
import type { NodeChoice } from './node-choice.ts';
import type { Requests } from './pod-requests.ts';
import type { PodRule } from './pod-rule.ts';
import { createFactReader, type FactReader } from './reader.ts';

/** What the values at hand make worth asking, worked out from them and from the rendered objects. */
export interface FactSubject {
  readonly namespace: string;
  readonly release: string;
  /** Name of the workload and of most objects. */
  readonly fullname: string;
  /** Of what is rendered, each once. */
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string }[];
  /** What is referred to and must be there before the objects; what is rendered is not among it. */
  readonly secrets: readonly string[];
  readonly configMaps: readonly string[];
  /** Services that addresses in the values name. */
  readonly services: readonly { readonly namespace: string; readonly name: string }[];
  /** Claims that the pods mount, those of each replica among them. */
  readonly claims: readonly string[];
  /** How many replicas must find room: an autoscaler's least. */
  readonly replicas: number;
  /** How many there may be one day: an autoscaler's most. */
  readonly mostReplicas: number;
  /** What our pods are labelled with. */
  readonly labels: Readonly<Record<string, string>>;
  /** Workloads beside the main one, such as a canary, with what their pods are labelled with. */
  readonly others?: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
  }[];
  /** What pods of any of them must have, or must not have, of other pods nearby; keys resolved. */
  readonly rules: readonly PodRule[];
  /** Selector of our own pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** What one replica requests, and where it may run. */
  readonly pod: NodeChoice & {
    readonly requests: Requests;
    readonly runtimeClassName?: string | undefined;
  };
}

/** Where the release is to be: all of the subject that is known before anything is rendered. */
export type FactPlace = Pick<FactSubject, 'namespace' | 'release'>;

export interface FactContext<Subject = FactSubject> {
  readonly api: Api;
  readonly reader: FactReader;
  readonly subject: Subject;
  readonly signal: AbortSignal;
}

/** Looks at one part of the cluster. Never throws because the cluster refused or was silent. */
export type Gatherer<Name extends FactName, Subject = FactSubject> = (
  context: FactContext<Subject>,
) => Promise<Fact<FactValue<Name>>>;

/** How each part is looked at. */
export type Gatherers<Subject = FactSubject> = {
  readonly [Name in FactName]?: Gatherer<Name, Subject>;
};

export interface GatherOptions<Subject = FactSubject> extends Omit<FactContext<Subject>, 'reader'> {
  /** Called with each part as soon as it is known. */
  readonly onPart?: (part: ClusterFacts) => void;
}

/**
 * Looks at the parts that were asked for, all at once.
 * @returns exactly these parts; one that nobody knows how to look at is left out
 */
export async function gatherFacts<Subject = FactSubject>(
  names: Iterable<FactName>,
  gatherers: Gatherers<Subject>,
  { api, subject, signal, onPart }: GatherOptions<Subject>,
): Promise<ClusterFacts> {
  // Every request listens to it, and Node takes more than ten listeners for a leak.
  const ended = AbortSignal.any([signal]);
  setMaxListeners(0, ended);
  const reader = createFactReader(api, ended);
  const gathered = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const gatherer = gatherers[name];
      if (!gatherer) return [];
      const fact = await gatherer({ api, reader, subject, signal: ended });
      onPart?.({ [name]: fact });
      return [[name, fact]];
    }),
  );
  return Object.fromEntries(gathered.flat()) as ClusterFacts;
}
