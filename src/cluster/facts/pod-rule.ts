import { type LabelSelector, selectorText, selects } from './selectors.ts';

/** A required rule of a pod about other pods: to be where they are, or where they are not. */
export interface PodRule {
  /** Label of nodes that says what "where" is. */
  readonly topologyKey: string;
  readonly labelSelector: LabelSelector | null;
  readonly namespaces: readonly string[];
  readonly namespaceSelector: LabelSelector | null;
  /** Labels whose value the API server takes from the pod as it is made. */
  readonly matchLabelKeys: readonly string[];
  readonly mismatchLabelKeys: readonly string[];
}

const isEmpty = (selector: LabelSelector) => selectorText(selector) === '';

/** Whether the rule is about every namespace. */
export const isOfAll = ({ namespaceSelector }: PodRule): boolean =>
  namespaceSelector !== null && isEmpty(namespaceSelector);

/**
 * Whether the pods that it is about can be asked for by one selector that does not ask for all,
 * in namespaces that it names.
 */
export const canBeAsked = (rule: PodRule): boolean =>
  rule.labelSelector !== null &&
  !isEmpty(rule.labelSelector) &&
  (rule.namespaceSelector === null || isOfAll(rule)) &&
  rule.matchLabelKeys.length + rule.mismatchLabelKeys.length === 0;

/** The same text for rules that are about the same pods in the same place. */
export function ruleText(rule: PodRule): string {
  const spaces = isOfAll(rule)
    ? 'in every namespace'
    : rule.namespaces.length > 0
      ? `in ${[...rule.namespaces].sort().join(', ')}`
      : '';
  const own = rule.namespaceSelector && !isOfAll(rule) ? selectorText(rule.namespaceSelector) : '';
  return [
    selectorText(rule.labelSelector),
    spaces,
    own && `in namespaces with ${own}`,
    `by ${rule.topologyKey}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * Whether a rule of a pod is about pods of a namespace.
 * @param home namespace of the pod that has the rule
 */
export function selectsNamespace(
  rule: PodRule,
  home: string,
  {
    namespace,
    namespaceLabels,
  }: {
    readonly namespace: string;
    readonly namespaceLabels: Readonly<Record<string, string>>;
  },
): boolean {
  const { namespaces, namespaceSelector } = rule;
  if (namespaces.includes(namespace)) return true;
  if (namespaceSelector !== null) return selects(namespaceSelector, namespaceLabels);
  return namespaces.length === 0 && home === namespace;
}
