import type { Workload } from './kinds.ts';
import { type ManifestObject, type ManifestWorkload, workloadsOf } from './manifest.ts';

/** First pull of an image of some hundred MB on a slow line. */
const imagePullSeconds = 120;
/** Creating and attaching a volume at a cloud provider. */
const volumeSeconds = 60;
/** Scheduling, sandbox, network, start of the process. */
const podStartSeconds = 20;
/** Kubernetes' default for a Deployment: a quarter of the pods at a time. */
const deploymentBatches = 4;

/**
 * How long a rollout may take before something is wrong, in seconds: an upper bound from the
 * pods, their probes and their stop time, never less than two minutes.
 * @param replaces whether running pods are replaced (an upgrade) or the first ones start
 */
export function expectedSeconds(objects: readonly ManifestObject[], replaces: boolean): number {
  const rollouts = workloadsOf(objects).map((workload) => workloadSeconds(workload, replaces));
  return Math.max(120, imagePullSeconds + Math.max(0, ...rollouts));
}

function workloadSeconds({ kind, object }: ManifestWorkload, replaces: boolean): number {
  const pods = object.spec.replicas ?? 1;
  if (pods === 0) return 0;
  const pod = object.spec.template?.spec;
  const start = podStartSeconds + probeSeconds(object) + (object.spec.minReadySeconds ?? 0);
  const stop = replaces ? (pod?.terminationGracePeriodSeconds ?? 30) : 0;
  const volumes = object.spec.volumeClaimTemplates?.length ? volumeSeconds : 0;
  return volumes + (start + stop) * turns(kind, object, replaces, pods);
}

/** How many pods start one after another. */
function turns(
  kind: ManifestWorkload['kind'],
  { spec }: Workload,
  replaces: boolean,
  pods: number,
): number {
  if (kind === 'StatefulSet') return replaces || spec.podManagementPolicy !== 'Parallel' ? pods : 1;
  return replaces && spec.strategy?.type !== 'Recreate' ? Math.min(pods, deploymentBatches) : 1;
}

/** Until the slowest container's probes would at last have given up on it. */
function probeSeconds({ spec }: Workload): number {
  const containers = spec.template?.spec.containers ?? [];
  const seconds = containers.map(({ startupProbe, readinessProbe }) => {
    const limit = (probe: typeof startupProbe) =>
      probe
        ? (probe.initialDelaySeconds ?? 0) +
          (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)
        : 0;
    return limit(startupProbe) + limit(readinessProbe);
  });
  return Math.max(0, ...seconds);
}
