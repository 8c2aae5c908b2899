import * as z from 'zod/mini';
import { claimNames } from '../../stateful-set-claims.ts';
import { servicesOf } from '../../values/addresses.ts';
import { getNode, type Tree } from '../../values/tree.ts';
import { listOf, mapOf, optionalNumber, optionalText, text } from '../objects/parts.ts';
import type { FactSubject } from './gather.ts';
import { nodeAffinity, toleration } from './node-choice.ts';
import { requestingSpec, requestsOf } from './pod-requests.ts';
import { resolveKeys } from './pod-rule.ts';
import { podRules, rulesOf } from './pod-rules.ts';
import { referencesOf } from './references.ts';

interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [key: string]: unknown;
}

const named = z.object({ metadata: z.object({ name: text }) });

/** What of a rendered workload makes something worth asking. */
const renderedWorkload = z.object({
  spec: z.object({
    replicas: optionalNumber,
    selector: z._default(z.object({ matchLabels: mapOf(z.string()) }), { matchLabels: {} }),
    volumeClaimTemplates: listOf(named),
    template: z.object({
      metadata: z._default(z.object({ labels: mapOf(z.string()) }), { labels: {} }),
      spec: z.extend(requestingSpec, {
        nodeSelector: mapOf(z.string()),
        runtimeClassName: optionalText,
        tolerations: listOf(toleration),
        affinity: z.optional(z.nullable(z.extend(podRules, { nodeAffinity }))),
        volumes: listOf(
          z.object({
            persistentVolumeClaim: z.optional(z.object({ claimName: optionalText })),
          }),
        ),
      }),
    }),
  }),
});
type RenderedWorkload = z.infer<typeof renderedWorkload>;

/** What the values and the rendered objects make worth asking about. */
export function subjectOf({
  target,
  objects,
  effective,
  plannedSecrets = [],
}: {
  readonly target: { readonly namespace: string; readonly release: string };
  /** Empty where nothing could be rendered. */
  readonly objects: readonly RenderedObject[];
  /** The effective values. */
  readonly effective: Tree;
  /** Names of the Secrets that will be made before the objects. */
  readonly plannedSecrets?: readonly string[];
}): FactSubject {
  const workloads = objects.flatMap((object) => {
    if (object.kind !== 'StatefulSet' && object.kind !== 'Deployment') return [];
    const parsed = z.safeParse(renderedWorkload, object);
    const { kind, metadata } = object;
    return parsed.success ? [{ kind, name: metadata.name, ...parsed.data }] : [];
  });
  // A second version beside the main one has a longer name.
  const main = [...workloads].sort((one, other) => one.name.length - other.name.length)[0];
  const namesOf = (kind: string) =>
    objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  const references = referencesOf(objects);
  const without = (names: readonly string[], own: readonly string[]) =>
    names.filter((name) => !own.includes(name));
  const replicas = Math.max(main?.spec.replicas ?? 1, leastReplicas(objects));
  const pod = main?.spec.template.spec;
  return {
    ...target,
    fullname: main?.name ?? target.release,
    kinds: uniqueKinds(objects),
    secrets: without(references.secrets, [...namesOf('Secret'), ...plannedSecrets]),
    configMaps: without(references.configMaps, namesOf('ConfigMap')),
    services: servicesIn(effective, target.namespace),
    claims: [
      ...new Set([
        ...workloads.flatMap((workload) => claimsOf(workload, replicas)),
        ...namesOf('PersistentVolumeClaim'),
      ]),
    ],
    replicas,
    mostReplicas: Math.max(replicas, mostReplicas(objects)),
    labels: main?.spec.template.metadata.labels ?? {},
    others: workloads
      .filter((one) => one !== main)
      .map((one) => ({ name: one.name, labels: one.spec.template.metadata.labels })),
    rules: workloads.flatMap(({ kind, name, spec: { template } }) =>
      rulesOf(template.spec.affinity).map((rule) =>
        resolveKeys(rule, { kind, name, labels: template.metadata.labels }),
      ),
    ),
    selector: main?.spec.selector.matchLabels ?? {},
    pod: {
      requests: pod ? requestsOf(pod) : { cpu: 0, memory: 0, 'ephemeral-storage': 0 },
      nodeSelector: pod?.nodeSelector ?? {},
      tolerations: pod?.tolerations ?? [],
      nodeAffinity: pod?.affinity?.nodeAffinity ?? undefined,
      ...(pod?.runtimeClassName ? { runtimeClassName: pod.runtimeClassName } : {}),
    },
  };
}

function uniqueKinds(objects: readonly RenderedObject[]): FactSubject['kinds'] {
  const kinds = objects.map(({ apiVersion, kind }) => ({ apiVersion, kind }));
  return [...new Map(kinds.map((one) => [`${one.apiVersion}/${one.kind}`, one])).values()];
}

const autoscaled = z.object({
  spec: z.object({
    minReplicas: optionalNumber,
    minReplicaCount: optionalNumber,
    maxReplicas: optionalNumber,
    maxReplicaCount: optionalNumber,
  }),
});
type Scaled = z.infer<typeof autoscaled>['spec'];

/** What an autoscaler keeps at least, where one decides how many there are. */
const leastReplicas = (objects: readonly RenderedObject[]) =>
  ofScalers(objects, ({ minReplicas, minReplicaCount }) => minReplicas ?? minReplicaCount);

/** What it goes up to. */
const mostReplicas = (objects: readonly RenderedObject[]) =>
  ofScalers(objects, ({ maxReplicas, maxReplicaCount }) => maxReplicas ?? maxReplicaCount);

function ofScalers(
  objects: readonly RenderedObject[],
  read: (scaled: Scaled) => number | null | undefined,
): number {
  const found = objects.map((object) => {
    if (!['HorizontalPodAutoscaler', 'ScaledObject'].includes(object.kind)) return 0;
    const { data } = z.safeParse(autoscaled, object);
    return (data && read(data.spec)) ?? 0;
  });
  return Math.max(0, ...found);
}

function claimsOf({ name, spec }: RenderedWorkload & { name: string }, replicas: number) {
  const ofTemplates = spec.volumeClaimTemplates.flatMap(({ metadata }) =>
    claimNames(metadata.name, name, replicas),
  );
  const ofVolumes = spec.template.spec.volumes.flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
  return [...ofTemplates, ...ofVolumes];
}

/** Addresses in the values that may mean a Service of the cluster, and whether they are in use. */
const addresses: readonly {
  readonly path: readonly string[];
  readonly isUsed: (read: (...path: string[]) => unknown) => boolean;
}[] = [
  {
    path: ['dispatch', 'redis', 'url'],
    isUsed: (read) => read('dispatch', 'backend') === 'redis',
  },
  {
    path: ['dispatch', 'nats', 'url'],
    isUsed: (read) => read('dispatch', 'backend') === 'nats',
  },
  {
    path: ['monitoring', 'tracing', 'endpoint'],
    isUsed: (read) => read('monitoring', 'tracing', 'enabled') === true,
  },
  ...['pendingTraces', 'activeTraces'].map((trigger) => ({
    path: ['keda', 'triggers', trigger, 'serverAddress'],
    isUsed: (read: (...path: string[]) => unknown) =>
      read('keda', 'enabled') === true && read('keda', 'triggers', trigger, 'enabled') === true,
  })),
  {
    path: ['keda', 'triggers', 'redisStreams', 'address'],
    isUsed: (read) => read('keda', 'enabled') === true && read('dispatch', 'backend') === 'redis',
  },
  {
    path: ['keda', 'triggers', 'natsJetstream', 'monitoringEndpoint'],
    isUsed: (read) => read('keda', 'enabled') === true && read('dispatch', 'backend') === 'nats',
  },
];

function servicesIn(values: Tree, namespace: string): FactSubject['services'] {
  const read = (...path: string[]): unknown => getNode(values, path);
  const found = addresses
    .filter(({ isUsed }) => isUsed(read))
    .flatMap(({ path }) => {
      const address = read(...path);
      return typeof address === 'string' ? servicesOf(address, namespace) : [];
    });
  const unique = new Map(found.map((one) => [`${one.namespace}/${one.name}`, one]));
  return [...unique.values()].map(({ namespace: space, name }) => ({ namespace: space, name }));
}
