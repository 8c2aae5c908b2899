import { sumOfPod } from './containers.ts';
import type { PodGroup } from './pods.ts';

/** Name of XERV's own container, whose resources the values set. */
export const serverContainer = 'xerv';

export const withReplicas = (group: PodGroup, replicas: number): PodGroup => ({
  ...group,
  replicas,
});

/** The group with another request of XERV's own container. */
export const withRequest = (group: PodGroup, resource: string, amount: number): PodGroup => ({
  ...group,
  containers: group.containers.map((container) =>
    container.name === serverContainer
      ? { ...container, requests: { ...container.requests, [resource]: amount } }
      : container,
  ),
});

/** What one pod requests of a resource. */
export const podSum = (group: PodGroup, resource: string): number =>
  sumOfPod(group, 'requests')[resource] ?? 0;
