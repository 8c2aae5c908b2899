import type { FactValue } from '../cluster/facts/facts.ts';

/** An object that the API server was asked about, and its answer. */
export type Tried = FactValue<'dryRun'>[number];

/** As the API server words the warning that a workload gets, and the refusal that a pod gets. */
export const podSecurity = /would violate PodSecurity/;

export const isPod = ({ object }: Tried) => object.startsWith('Pod/');

export const countOf = ({ length }: readonly Tried[]) =>
  `${length} object${length === 1 ? '' : 's'}`;
