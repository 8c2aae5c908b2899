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

/** The pods that have a rule: of a workload, all alike. */
export interface RuledPods {
  /** Of the workload. */
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Labels that controllers give pods: one value for all of a template, or one for each pod. */
const revisionKeys: Readonly<Record<string, string>> = {
  Deployment: 'pod-template-hash',
  StatefulSet: 'controller-revision-hash',
};
const ordinalKeys = ['apps.kubernetes.io/pod-index', 'statefulset.kubernetes.io/pod-name'];

/**
 * The labels of the pods, with the one that their controller gives all of a template. Its value is
 * not known before; no other pod has it, and what stands for it here no label can be.
 */
export function labelsOfPods({ kind, name, labels }: RuledPods): Readonly<Record<string, string>> {
  const key = revisionKeys[kind];
  return key === undefined ? labels : { ...labels, [key]: ownRevision(kind, name) };
}

const isControllers = (key: string) =>
  [...ordinalKeys, ...Object.values(revisionKeys)].includes(key);

const ownRevision = (kind: string, name: string) => `${kind}/${name}`;

/**
 * The rule as the scheduler reads it: the API server puts what the pod's labels say into the selector,
 * and leaves out keys that the pod does not have.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#matchlabelkeys
 */
export function resolveKeys<Rule extends Omit<PodRule, 'namespaces' | 'namespaceSelector'>>(
  rule: Rule,
  pods: RuledPods,
): Rule {
  const { labelSelector, matchLabelKeys, mismatchLabelKeys } = rule;
  if (labelSelector === null || matchLabelKeys.length + mismatchLabelKeys.length === 0) return rule;
  const labels = labelsOfPods(pods);
  const ask = (keys: readonly string[], operator: string) =>
    keys.flatMap((key) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      return value === undefined ? [] : [{ key, operator, values: [value] }];
    });
  const { matchExpressions } = labelSelector;
  const known = mismatchLabelKeys.filter((key) => !isControllers(key));
  const asked = [...ask(matchLabelKeys, 'In'), ...ask(known, 'NotIn')];
  return {
    ...rule,
    labelSelector: { ...labelSelector, matchExpressions: [...matchExpressions, ...asked] },
    // Of these each pod has another value, or those of before.
    matchLabelKeys: matchLabelKeys.filter((key) => ordinalKeys.includes(key)),
    mismatchLabelKeys: mismatchLabelKeys.filter((key) => isControllers(key)),
  };
}

/** Whether a resolved rule has keys left: it says something else of each pod, or of those of before. */
export const isUnresolved = ({
  matchLabelKeys,
  mismatchLabelKeys,
}: Pick<PodRule, 'matchLabelKeys' | 'mismatchLabelKeys'>): boolean =>
  matchLabelKeys.length + mismatchLabelKeys.length > 0;

/** Whether no pod but those of the very same template can be meant. */
export const isOfOwnTemplate = ({ labelSelector }: Pick<PodRule, 'labelSelector'>): boolean =>
  labelSelector?.matchExpressions.some(
    ({ key, operator, values }) =>
      operator === 'In' && isControllers(key) && values.some((value) => value.includes('/')),
  ) ?? false;

/** Whether the rule can be about pods of others, of a release with this name. */
export function canBeOfOthers(rule: PodRule, release: string | undefined): boolean {
  const { labelSelector } = rule;
  if (labelSelector === null || isOfOwnTemplate(rule)) return false;
  return (
    labelSelector.matchLabels['app.kubernetes.io/instance'] !== release ||
    release === undefined ||
    rule.namespaceSelector !== null ||
    rule.namespaces.length > 0
  );
}

/** Whether the rule is about every namespace. */
export const isOfAll = ({ namespaceSelector }: PodRule): boolean =>
  namespaceSelector !== null && isEmpty(namespaceSelector);

/** Whether the pods of others that a resolved rule is about can be asked for without asking for all. */
export const canBeAsked = (rule: PodRule): boolean =>
  rule.labelSelector !== null &&
  !isOfOwnTemplate(rule) &&
  !(isOfAll(rule) && isEmpty(rule.labelSelector));

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
