import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { object, objects, podShare, stringMap } from './formats.ts';

/** Where pods run. */
export const scheduling = {
  podAntiAffinity: section(
    'Keeps the replicas of this release apart. Not used where affinity.podAntiAffinity is set.',
    {
      type: value(
        z.enum(['preferred', 'required', 'none']),
        'preferred',
        'preferred: apart where possible. required: a replica without its own place stays Pending. none: no rule.',
      ),
      topologyKey: value(
        z.string().check(z.minLength(1)),
        'kubernetes.io/hostname',
        'Node label whose values are the places.',
      ),
    },
  ),
  topologySpreadConstraints: value(
    objects,
    [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
      },
    ],
    'Topology spread constraints. One without a labelSelector gets that of this release.',
  ),
  affinity: value(object, {}, 'Affinity rules. A podAntiAffinity here replaces the one above.'),
  nodeSelector: value(stringMap, {}, 'Labels that a node must have.', {
    'kubernetes.io/os': 'linux',
  }),
  tolerations: value(objects, [], 'Taints that the pods tolerate.', [
    { key: 'dedicated', operator: 'Equal', value: 'xerv', effect: 'NoSchedule' },
  ]),
  priorityClassName: value(z.string(), '', 'PriorityClass of the pods.'),
  schedulerName: value(z.string(), '', "Scheduler of the pods. Empty: the cluster's default."),
};

/** How many pods a drain may take away at once. */
export const disruption = {
  podDisruptionBudget: section(
    'How many pods a node drain may evict at once. Set minAvailable or maxUnavailable, not both; with neither, one pod at a time, which keeps the quorum of three and more raft replicas.',
    {
      enabled: value(z.boolean(), false, 'Create a PodDisruptionBudget.'),
      minAvailable: value(podShare, '', 'Pods that must stay, as a number or a percentage.'),
      maxUnavailable: value(podShare, '', 'Pods that may be gone, as a number or a percentage.'),
      unhealthyPodEvictionPolicy: value(
        z.enum(['AlwaysAllow', 'IfHealthyBudget']),
        'AlwaysAllow',
        'Whether a pod that is not ready may always be evicted (Kubernetes 1.27 and newer).',
      ),
    },
  ),
};
