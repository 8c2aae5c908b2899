import type { Values } from '../values/schema/index.ts';
import { getNode, type Tree } from '../values/tree.ts';
import type { CheckInput } from './types.ts';

/** Types of KEDA's triggers that the cluster's own metrics answer, without KEDA's server. */
const resourceTypes: ReadonlySet<string> = new Set(['cpu', 'memory']);

/** Whether KEDA's autoscaler would ask for external metrics. */
export function usesExternalMetrics({ values, objects }: Omit<CheckInput, 'facts'>): boolean {
  const scaled = objects.find(({ kind }) => kind === 'ScaledObject');
  const triggers = getNode(scaled as Tree | undefined, ['spec', 'triggers']);
  if (!Array.isArray(triggers)) return asksForExternalMetrics(values);
  return triggers.some((one) => !resourceTypes.has(String(getNode(one as Tree, ['type']))));
}

/** Whether the values alone say so; where rendering decides, they do not. */
function asksForExternalMetrics({ dispatch, keda }: Values): boolean {
  const { redisStreams, cron } = keda.triggers;
  const { useStreams, existingSecret } = dispatch.redis;
  const isQueue =
    dispatch.backend === 'redis' && redisStreams.enabled && useStreams && existingSecret === '';
  const isAsked =
    isQueue ||
    cron.length > 0 ||
    (['pendingTraces', 'activeTraces'] as const).some((key) => keda.triggers[key].enabled);
  return keda.enabled && isAsked;
}
