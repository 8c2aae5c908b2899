import {
  canBeOfOthers,
  isOfOwnTemplate,
  isUnresolved,
  labelsOfPods,
  type PodRule,
  type RuledPods,
  resolveKeys,
  ruleText,
  selectsNamespace,
} from '../../cluster/facts/pod-rule.ts';
import { type Selector, selects } from '../../cluster/facts/selectors.ts';
import { at, listAt, mapAt, numberAt, textAt, textsAt } from './read.ts';

/** A place, as a label of nodes, in which pods of one workload are counted. */
export interface OwnPlace {
  readonly topologyKey: string;
  /** Whether those of another template, of before an upgrade, do not count. */
  readonly ofOwnTemplate: boolean;
}

export interface SpreadRule extends OwnPlace {
  readonly maxSkew: number;
  /** With fewer domains than this, none may have more pods than the skew. */
  readonly minDomains: number;
  /** Whether nodes that the pods may not run on count as domains all the same. */
  readonly ignoresAffinity: boolean;
  readonly ignoresTaints: boolean;
}

/** A required rule about other pods. */
export interface Rule extends OwnPlace {
  /** As the facts name it. */
  readonly text: string;
  /** Whether it is about pods of this release with these labels. */
  readonly isAbout: (labels: Readonly<Record<string, string>>) => boolean;
  /** Whether it can be about pods of others. */
  readonly canBeOfOthers: boolean;
}

/** The namespace of the pods, with the label that every namespace has. */
interface Home {
  /** Undefined where nobody tells: then a rule that names namespaces may be about it. */
  readonly namespace: string | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
}

const nameLabel = 'kubernetes.io/metadata.name';

export function homeOf(
  written: string | undefined,
  namespaceLabels: Readonly<Record<string, string>>,
): Home {
  const namespace = written ?? namespaceLabels[nameLabel];
  const named = namespace === undefined ? {} : { [nameLabel]: namespace };
  return { namespace, namespaceLabels: { ...named, ...namespaceLabels } };
}

/** A required rule about other pods, as the scheduler reads it. */
export function toRule(written: unknown, pods: RuledPods, home: Home) {
  const keys = keysAt(written);
  const rule: PodRule = resolveKeys(
    {
      ...keys,
      namespaces: listAt(written, 'namespaces').map(String),
      namespaceSelector: selectorOf(written, 'namespaceSelector'),
    },
    pods,
  );
  const { labelSelector } = rule;
  const { namespace = '', namespaceLabels } = home;
  const isOfHome =
    home.namespace === undefined
      ? rule.namespaces.length > 0 || selectsNamespace(rule, '', { namespace, namespaceLabels })
      : selectsNamespace(rule, namespace, { namespace, namespaceLabels });
  const text = ruleText(rule);
  return {
    topologyKey: rule.topologyKey,
    text,
    ofOwnTemplate: isOfOwnTemplate(rule),
    isAbout: (labels: Readonly<Record<string, string>>) =>
      labelSelector !== null && isOfHome && selects(labelSelector, labels),
    canBeOfOthers: canBeOfOthers(rule, pods.labels['app.kubernetes.io/instance']),
    unclear: isUnresolved(rule) ? [text] : [],
    usesKeys: isUnresolved(keys),
  };
}

/** A rule of how pods are spread, as the scheduler reads it. */
export function toSpread(written: unknown, pods: RuledPods) {
  const rule = resolveKeys(keysAt(written), pods);
  const { labelSelector, topologyKey } = rule;
  return {
    maxSkew: numberAt(written, 'maxSkew') ?? 1,
    topologyKey,
    minDomains: numberAt(written, 'minDomains') ?? 1,
    ignoresAffinity: textAt(written, 'nodeAffinityPolicy') === 'Ignore',
    ignoresTaints: textAt(written, 'nodeTaintsPolicy') !== 'Honor',
    ofOwnTemplate: isOfOwnTemplate(rule),
    isOwn: labelSelector !== null && selects(labelSelector, labelsOfPods(pods)),
    unclear: isUnresolved(rule) ? [`topologySpreadConstraints by ${topologyKey}`] : [],
  };
}

const keysAt = (rule: unknown) => ({
  topologyKey: textAt(rule, 'topologyKey'),
  labelSelector: selectorOf(rule, 'labelSelector'),
  matchLabelKeys: listAt(rule, 'matchLabelKeys').map(String),
  mismatchLabelKeys: listAt(rule, 'mismatchLabelKeys').map(String),
});

/** Null where there is none, which is about nobody; an empty one is about all. */
const selectorOf = (rule: unknown, key: string) =>
  at(rule, key) === undefined || at(rule, key) === null ? null : toSelector(mapAt(rule, key));

/** Expressions of a selector of labels, or of a node affinity. */
export function expressionsAt(value: unknown, key: string) {
  return listAt(value, key).map((one) => ({
    key: textAt(one, 'key'),
    operator: textAt(one, 'operator'),
    values: listAt(one, 'values').map(String),
  }));
}

export const selectorAt = (rule: unknown): Selector => toSelector(mapAt(rule, 'labelSelector'));

function toSelector(selector: unknown) {
  return {
    matchLabels: textsAt(selector, 'matchLabels'),
    matchExpressions: expressionsAt(selector, 'matchExpressions'),
  };
}
