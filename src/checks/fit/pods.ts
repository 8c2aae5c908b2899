import {
  type Expression,
  meetsExpression,
  type NodeTerm,
  type Toleration,
} from '../../cluster/facts/node-rules.ts';
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
import { claimName } from '../../stateful-set-claims.ts';
import type { RenderedObject } from '../types.ts';
import { type Container, containersOf } from './containers.ts';
import { proxiesOf } from './proxies.ts';
import { at, listAt, mapAt, numberAt, textAt, textsAt } from './read.ts';

/** Labels as a selector asks for them. */
export interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly Expression[];
}

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

/** Pods of one workload that are alike, and what decides where they may run. */
export interface PodGroup {
  readonly kind: string;
  readonly name: string;
  readonly replicas: number;
  /** What an autoscaler goes up to; as many as there are without one. */
  readonly most: number;
  /** What a rolling update may have more, and may lack. */
  readonly surge: number;
  readonly unavailable: number;
  readonly containers: readonly Container[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** Alternatives; undefined where any node will do. */
  readonly nodeTerms: readonly NodeTerm[] | undefined;
  /** Places of which each takes only one of these pods. */
  readonly apart: readonly OwnPlace[];
  /** What they must have nearby, and what they must not, of other pods. */
  readonly near: readonly Rule[];
  readonly away: readonly Rule[];
  /** Rules, as text, by labels that a controller gives each pod, or the pods of each template. */
  readonly unclear: readonly string[];
  /** Whether rules about other pods have keys of labels, which older clusters leave out. */
  readonly usesKeys: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly spread: readonly SpreadRule[];
  /** Empty where the cluster's default counts. */
  readonly priorityClassName: string;
  /** Claims of each pod, by its number. */
  readonly claimsOf: (ordinal: number) => readonly string[];
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';

const workloadKinds = ['Deployment', 'StatefulSet'];

export const hasPods = (objects: readonly RenderedObject[]) =>
  objects.some(({ kind }) => workloadKinds.includes(kind));

/**
 * The pods that the rendered workloads make, with what a mesh adds to them.
 * @param namespaceLabels by which a mesh may take pods in
 */
export function podGroups(
  objects: readonly RenderedObject[],
  namespaceLabels: Readonly<Record<string, string>>,
): readonly PodGroup[] {
  return objects
    .filter(({ kind }) => workloadKinds.includes(kind))
    .map((object) => toGroup(object, objects, namespaceLabels));
}

/** An autoscaler's least, and one where it sleeps at none: that one must find room to wake up. */
export function replicasOf(workload: RenderedObject, objects: readonly RenderedObject[]): number {
  const written = numberAt(workload, 'spec', 'replicas');
  if (written !== undefined) return written;
  const scaler = scalerOf(workload, objects);
  const least =
    numberAt(scaler, 'spec', 'minReplicas') ?? numberAt(scaler, 'spec', 'minReplicaCount');
  return Math.max(1, least ?? 1);
}

function mostOf(workload: RenderedObject, objects: readonly RenderedObject[]): number {
  const scaler = scalerOf(workload, objects);
  const most =
    numberAt(scaler, 'spec', 'maxReplicas') ?? numberAt(scaler, 'spec', 'maxReplicaCount');
  return Math.max(replicasOf(workload, objects), most ?? 0);
}

const scalerOf = ({ metadata: { name } }: RenderedObject, objects: readonly RenderedObject[]) =>
  objects.find(
    (object) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(object.kind) &&
      textAt(object, 'spec', 'scaleTargetRef', 'name') === name,
  );

function toGroup(
  object: RenderedObject,
  objects: readonly RenderedObject[],
  namespaceLabels: Readonly<Record<string, string>>,
): PodGroup {
  const { kind, metadata } = object;
  const replicas = replicasOf(object, objects);
  const template = mapAt(object, 'spec', 'template');
  const spec = mapAt(template, 'spec');
  const pods = { kind, name: metadata.name, labels: textsAt(template, 'metadata', 'labels') };
  const labels = labelsOfPods(pods);
  const home = homeOf(metadata.namespace, namespaceLabels);
  const rules = (of: string) =>
    listAt(spec, 'affinity', of, required).map((one) => toRule(one, pods, home));
  const [near, away] = [rules('podAffinity'), rules('podAntiAffinity')];
  const spread = listAt(spec, 'topologySpreadConstraints')
    .filter((rule) => textAt(rule, 'whenUnsatisfiable') !== 'ScheduleAnyway')
    .map((rule) => toSpread(rule, pods));
  const claims = listAt(spec, 'volumes').map((one) =>
    textAt(one, 'persistentVolumeClaim', 'claimName'),
  );
  const templates = listAt(object, 'spec', 'volumeClaimTemplates').map((one) =>
    textAt(one, 'metadata', 'name'),
  );
  const terms = listAt(spec, 'affinity', 'nodeAffinity', required, 'nodeSelectorTerms');
  return {
    kind,
    name: metadata.name,
    replicas,
    most: mostOf(object, objects),
    ...rollingNumbers(object, replicas),
    containers: [...containersOf(spec), ...proxiesOf(template, namespaceLabels)],
    nodeSelector: textsAt(spec, 'nodeSelector'),
    tolerations: listAt(spec, 'tolerations').map((one) => textsAt(one)),
    nodeTerms:
      terms.length === 0
        ? undefined
        : terms.map((term) => ({
            matchExpressions: expressionsAt(term, 'matchExpressions'),
            matchFields: expressionsAt(term, 'matchFields'),
          })),
    apart: away.filter(({ isAbout }) => isAbout(labels)),
    near,
    away,
    unclear: [...near, ...away, ...spread].flatMap(({ unclear }) => unclear),
    usesKeys: [...near, ...away].some(({ usesKeys }) => usesKeys),
    labels,
    spread: spread.filter(({ isOwn }) => isOwn),
    priorityClassName: textAt(spec, 'priorityClassName'),
    claimsOf: (ordinal) => [
      ...claims.filter((name) => name !== ''),
      ...templates.map((template) => claimName(template, metadata.name, ordinal)),
    ],
  };
}

/** The namespace of the pods, with the label that every namespace has. */
interface Home {
  /** Undefined where nobody tells: then a rule that names namespaces may be about it. */
  readonly namespace: string | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
}

const nameLabel = 'kubernetes.io/metadata.name';

function homeOf(
  written: string | undefined,
  namespaceLabels: Readonly<Record<string, string>>,
): Home {
  const namespace = written ?? namespaceLabels[nameLabel];
  const named = namespace === undefined ? {} : { [nameLabel]: namespace };
  return { namespace, namespaceLabels: { ...named, ...namespaceLabels } };
}

function toRule(written: unknown, pods: RuledPods, home: Home) {
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
      labelSelector !== null && isOfHome && selectsLabels(labelSelector, labels),
    canBeOfOthers: canBeOfOthers(rule, pods.labels['app.kubernetes.io/instance']),
    unclear: isUnresolved(rule) ? [text] : [],
    usesKeys: isUnresolved(keys),
  };
}

function toSpread(written: unknown, pods: RuledPods) {
  const rule = resolveKeys(keysAt(written), pods);
  const { labelSelector, topologyKey } = rule;
  return {
    maxSkew: numberAt(written, 'maxSkew') ?? 1,
    topologyKey,
    minDomains: numberAt(written, 'minDomains') ?? 1,
    ignoresAffinity: textAt(written, 'nodeAffinityPolicy') === 'Ignore',
    ignoresTaints: textAt(written, 'nodeTaintsPolicy') !== 'Honor',
    ofOwnTemplate: isOfOwnTemplate(rule),
    isOwn: labelSelector !== null && selectsLabels(labelSelector, labelsOfPods(pods)),
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

/** Surge and lack of a Deployment's rolling update; a StatefulSet replaces pods one by one. */
function rollingNumbers(object: RenderedObject, replicas: number) {
  const strategy = mapAt(object, 'spec', 'strategy');
  if (object.kind !== 'Deployment' || textAt(strategy, 'type') === 'Recreate')
    return { surge: 0, unavailable: Math.max(1, replicas) };
  const share = (key: string, round: (value: number) => number) => {
    const value = mapAt(strategy, 'rollingUpdate')[key] ?? '25%';
    const percent = /^(\d+)%$/.exec(String(value))?.[1];
    return percent === undefined ? Number(value) : round((Number(percent) / 100) * replicas);
  };
  const surge = share('maxSurge', Math.ceil);
  const unavailable = share('maxUnavailable', Math.floor);
  // Kubernetes does not let both be nothing.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function expressionsAt(value: unknown, key: string) {
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

function selectsLabels(
  { matchLabels, matchExpressions }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((expression) => meetsExpression(expression, labels))
  );
}
