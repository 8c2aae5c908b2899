import type { Values } from './schema/index.ts';

/** What sets the number of replicas, as the chart decides it: nothing scales raft. */
export function scalerOf({ dispatch, keda, autoscaling }: Values): 'keda' | 'hpa' | undefined {
  if (dispatch.backend === 'raft') return undefined;
  if (keda.enabled) return 'keda';
  return autoscaling.enabled ? 'hpa' : undefined;
}

/** Fewest and most replicas that these values allow. */
export function replicaRange(values: Values): { readonly least: number; readonly most: number } {
  const { replicaCount, keda, autoscaling } = values;
  switch (scalerOf(values)) {
    case 'keda':
      return { least: keda.minReplicaCount, most: keda.maxReplicaCount };
    case 'hpa':
      return { least: autoscaling.minReplicas, most: autoscaling.maxReplicas };
    default:
      return { least: replicaCount, most: replicaCount };
  }
}
