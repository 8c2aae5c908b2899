import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalNumber, text } from '../objects/parts.ts';
import { take } from './gathering.ts';
import type { FactReader } from './reader.ts';
import type { controller } from './schema/parts.ts';

export type Controller = z.infer<typeof controller>;

const runningContainer = z.object({
  name: z.string(),
  image: text,
  env: listOf(z.object({ name: z.string(), value: text })),
});

/** A Deployment, StatefulSet or DaemonSet of an add-on. */
const addOnWorkload = z.object({
  metadata: objectMetadata,
  spec: z.object({
    replicas: optionalNumber,
    template: z.object({
      spec: z.object({ containers: listOf(runningContainer) }),
    }),
  }),
  status: z._default(
    z.object({
      readyReplicas: optionalNumber,
      desiredNumberScheduled: optionalNumber,
      numberReady: optionalNumber,
    }),
    {},
  ),
});

export type AddOnWorkload = z.infer<typeof addOnWorkload>;

/** Containers that a mesh adds to its own control plane, too. */
const sidecars = ['istio-proxy', 'linkerd-proxy'];

/**
 * Workloads of the whole cluster. Only for use within a gathering.
 * @param query as `selectors.ts` makes them, so that little is answered however large the cluster
 */
export async function readWorkloads(
  reader: FactReader,
  kind: 'deployments' | 'statefulsets' | 'daemonsets',
  query: string,
): Promise<readonly AddOnWorkload[]> {
  return take(await reader.list(`/apis/apps/v1/${kind}${query}`, addOnWorkload));
}

/** Controllers that any of the queries finds, each once, by namespace and name. */
export async function readControllers(
  reader: FactReader,
  queries: readonly string[],
): Promise<Controller[]> {
  const found = await Promise.all(queries.map((one) => readWorkloads(reader, 'deployments', one)));
  const byName = new Map(
    found.flat().map((one) => [`${one.metadata.namespace}/${one.metadata.name}`, one]),
  );
  return [...byName]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, item]) => toController(item));
}

export function toController({ metadata, spec, status }: AddOnWorkload): Controller {
  const { containers } = spec.template.spec;
  const main = containers.find(({ name }) => !sidecars.includes(name)) ?? containers[0];
  const image = main?.image ?? '';
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    image,
    version: versionOf(image, metadata.labels['app.kubernetes.io/version'] ?? ''),
    wanted: status.desiredNumberScheduled ?? spec.replicas ?? 1,
    ready: status.numberReady ?? status.readyReplicas ?? 0,
  };
}

/** The image's tag where it looks like a version, else what the label says. */
export function versionOf(image: string, label: string): string {
  const [reference = ''] = image.split('@');
  const tag = /:([^:/]+)$/.exec(reference)?.[1] ?? '';
  return /\d/.test(tag) ? tag : label || tag;
}
