import * as z from 'zod/mini';
import { value } from './documented.ts';
import { object, objects, optionalName, stringMap, strings, whole } from './formats.ts';

const named = z.array(z.looseObject({ name: z.string().check(z.minLength(1)) }));

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
    'Update strategy of the Deployment or StatefulSet. Empty: RollingUpdate, or Recreate if one pod must release the claim before the next can use it.',
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
  ),
  revisionHistoryLimit: value(whole(0), 10, 'Number of old workload revisions to keep.'),
  minReadySeconds: value(
    whole(0),
    0,
    'Seconds for which a new pod must have been ready before the next one is replaced.',
  ),
  terminationGracePeriodSeconds: value(
    whole(0),
    30,
    'Seconds that a pod has to stop; longer than shutdownDelaySeconds.',
  ),
  shutdownDelaySeconds: value(
    whole(0),
    5,
    'Seconds that a stopping pod still serves while clients are directed elsewhere. Then it gets SIGINT: XERV ends at once on it and ignores SIGTERM.',
  ),
  lifecycle: value(object, {}, "Container lifecycle hooks; they replace the chart's preStop hook."),
  command: value(
    strings,
    [],
    'Replaces the command. With raft it must then set the node id and the peers itself.',
  ),
  args: value(strings, [], 'Replaces the arguments (serve --host … --port …).'),
  initContainers: value(
    named,
    [],
    'Containers that run before XERV starts. One with restartPolicy Always is a sidecar that outlives the others (Kubernetes 1.29 and newer). Templates in them are resolved.',
    [
      {
        name: 'wait',
        image: 'busybox:1.37',
        command: ['sh', '-c', 'until nc -z redis 6379; do sleep 1; done'],
      },
    ],
  ),
  extraContainers: value(
    named,
    [],
    'Containers beside XERV, in the same pod. Templates in them are resolved.',
  ),
  hostAliases: value(objects, [], 'Lines for /etc/hosts.', [
    { ip: '10.0.0.5', hostnames: ['redis.internal'] },
  ]),
  dnsPolicy: value(
    z.enum(['', 'ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']),
    '',
    "DNS policy of the pods. Empty: Kubernetes' own, ClusterFirst.",
  ),
  dnsConfig: value(object, {}, 'DNS settings of the pods.', {
    options: [{ name: 'ndots', value: '2' }],
  }),
  runtimeClassName: value(optionalName, '', 'RuntimeClass of the pods, such as gvisor.'),
};
