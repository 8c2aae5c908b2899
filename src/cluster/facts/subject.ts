import type { FactSubject } from './gather.ts';

/** What the values and the rendered objects make worth asking about. */
export function subjectOf({
  target,
  objects,
}: {
  readonly target: { readonly namespace: string; readonly release: string };
  readonly objects: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string };
  }[];
}): FactSubject {
  const workload = objects.find(({ kind }) => kind === 'StatefulSet' || kind === 'Deployment');
  return {
    namespace: target.namespace,
    release: target.release,
    fullname: workload?.metadata.name ?? target.release,
    secrets: [],
    configMaps: [],
    services: [],
    replicas: 1,
    selector: {},
  };
}
