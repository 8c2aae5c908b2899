import * as z from 'zod/mini';
import { value } from './documented.ts';
import { object, stringMap, strings, whole } from './formats.ts';

/** How the pods are made, replaced and stopped. */
export const workload = {
  podAnnotations: value(stringMap, {}, 'Annotations for the pods.'),
  podLabels: value(stringMap, {}, 'Labels for the pods.'),
  podManagementPolicy: value(
    z.enum(['Parallel', 'OrderedReady']),
    'Parallel',
    'How a raft StatefulSet starts its pods. Cannot be changed on a running release. OrderedReady is what releases of the 0.1.0 chart have; after a full outage it may keep a quorum from forming.',
  ),
  updateStrategy: value(
    z.looseObject({ type: z.optional(z.enum(['RollingUpdate', 'Recreate', 'OnDelete'])) }),
    {},
    'Update strategy of the Deployment or StatefulSet. Empty: RollingUpdate, or Recreate where one pod must let go of the claim before the next can have it.',
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
  ),
  revisionHistoryLimit: value(whole(0), 10, 'Old revisions of the workload that are kept.'),
  minReadySeconds: value(
    whole(0),
    0,
    'Seconds for which a new pod must have been ready before the next one is replaced.',
  ),
  terminationGracePeriodSeconds: value(
    whole(0),
    30,
    'Seconds that a pod has for stopping; longer than shutdownDelaySeconds.',
  ),
  shutdownDelaySeconds: value(
    whole(0),
    5,
    'Seconds that a stopping pod still serves while clients are turned away from it. Then it gets SIGINT: XERV ends at once on it and ignores SIGTERM.',
  ),
  lifecycle: value(object, {}, "Container lifecycle hooks; they replace the chart's preStop hook."),
  command: value(
    strings,
    [],
    'Replaces the command. With raft it then has to set the node id and the peers itself.',
  ),
  args: value(strings, [], 'Replaces the arguments (serve --host … --port …).'),
};
