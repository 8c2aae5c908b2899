import type { ClusterFacts, Fact, FactName, FactValue } from '../cluster/facts/facts.ts';
import { getNode, type Path, type Tree } from '../values/tree.ts';
import type { Option } from './question.ts';

/** A part of the facts, where it is known; what could not be seen gives no options. */
export function seen<Name extends FactName>(
  facts: ClusterFacts,
  name: Name,
): FactValue<Name> | undefined {
  const fact = facts[name] as Fact<FactValue<Name>> | undefined;
  return fact?.state === 'known' ? fact.value : undefined;
}

/** An option that is called what it is. */
export function plainOption(value: string, description: string): Option {
  return { value, label: value, description };
}

/** What is known, in a few words; what is false or empty is left out. */
export function words(...notes: readonly (string | false | null | undefined)[]): string {
  return notes.filter(Boolean).join(', ');
}

/** Whether users gave something at the path; empty text counts as nothing. */
export function isGiven(given: Tree, ...path: Path): boolean {
  const node = getNode(given, path);
  return node !== undefined && node !== '' && node !== null;
}
