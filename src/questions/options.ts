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

/**
 * No class named: what the cluster then takes.
 * @param classes of the cluster; undefined where they could not be seen
 * @param without what comes of it where no class is marked
 */
export function defaultClass(
  classes: readonly { readonly name: string; readonly isDefault: boolean }[] | undefined,
  without: string,
): Option {
  const usual = classes?.find(({ isDefault }) => isDefault)?.name;
  return {
    value: '',
    label: usual === undefined ? "the cluster's default" : `the default, ${usual}`,
    description:
      classes === undefined || usual !== undefined
        ? 'the class marked as default'
        : `this cluster has none: ${without}`,
  };
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
