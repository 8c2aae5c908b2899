import type { NodeTerm, Toleration } from '../../cluster/facts/node-rules.ts';
import { labelsOfPods } from '../../cluster/facts/pod-rule.ts';
import { claimName } from '../../stateful-set-claims.ts';
import type { RenderedObject } from '../types.ts';
import { type Amounts, type Container, containersOf } from './containers.ts';
import {
  expressionsAt,
  homeOf,
  type OwnPlace,
  type Rule,
  type SpreadRule,
  toRule,
  toSpread,
} from './pod-rules.ts';
import { proxiesOf } from './proxies.ts';
import { listAt, mapAt, numberAt, textAt, textsAt } from './read.ts';

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
  /** What a RuntimeClass takes for each pod beside its containers. */
  readonly overhead: Amounts;
  /** Empty where the cluster's usual one runs them. */
  readonly runtimeClassName: string;
  /** The same pods without what their RuntimeClass adds; undefined where it adds nothing. */
  readonly ofNoClass?: PodGroup;
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
    overhead: {},
    runtimeClassName: textAt(spec, 'runtimeClassName'),
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
