import { claimName } from '../../stateful-set-claims.ts';
import { getNode, isList, isTree, type Node, type Tree } from '../../values/tree.ts';
import type { ManifestObject } from '../manifest.ts';

const podTemplates: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** A pod as the controller of a workload would make it. */
export interface TemplatePod {
  /** `Kind/name` of the workload. */
  readonly owner: string;
  readonly object: Tree;
  /** Whether another ServiceAccount stands in. */
  readonly hasOtherAccount: boolean;
}

/**
 * Makes a pod of a workload's template, so that admission can be asked about it: the API server
 * takes every workload, and refuses its pods. The claims of a StatefulSet's templates stand in as
 * volumes, as its controller adds them.
 * @param missing ServiceAccounts that are not there yet, though the pods name them: the namespace's
 *   own one stands in
 * @returns undefined where the object makes no pods
 */
export function podOfTemplate(
  { kind, ...object }: ManifestObject,
  namespace: string,
  missing: readonly string[],
): TemplatePod | undefined {
  const path = podTemplates[kind];
  const template = path && getNode(object as unknown as Tree, path);
  if (!isTree(template) || !isTree(template.spec)) return undefined;
  const metadata = isTree(template.metadata) ? template.metadata : {};
  const { name } = object.metadata;
  const claims = getNode(object as unknown as Tree, ['spec', 'volumeClaimTemplates']);
  const volumes: Node[] = [
    ...(isList(template.spec.volumes) ? template.spec.volumes : []),
    ...(isList(claims) ? claims : []).flatMap((claim): Node[] => {
      const claimed = getNode(claim, ['metadata', 'name']);
      if (typeof claimed !== 'string') return [];
      return [{ name: claimed, persistentVolumeClaim: { claimName: claimName(claimed, name, 0) } }];
    }),
  ];
  const spec = withoutAccount(template.spec, missing);
  return {
    owner: `${kind}/${name}`,
    hasOtherAccount: spec !== template.spec,
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...(isTree(metadata.labels) ? { labels: metadata.labels } : {}),
        ...(isTree(metadata.annotations) ? { annotations: metadata.annotations } : {}),
        generateName: `${name}-`,
        namespace,
      },
      spec: {
        ...spec,
        ...(volumes.length > 0 ? { volumes } : {}),
      },
    },
  };
}

function withoutAccount(spec: Tree, missing: readonly string[]): Tree {
  const { serviceAccountName, serviceAccount, ...rest } = spec;
  return missing.includes(String(serviceAccountName ?? serviceAccount)) ? rest : spec;
}
