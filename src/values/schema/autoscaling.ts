import * as z from 'zod/mini';
import { openSection, section, value } from './documented.ts';
import { objects, quantity, stringMap, whole } from './formats.ts';

/** A percentage of what the pods request; the empty string is "not used". */
const utilization = z.union([whole(0), z.string().check(z.regex(/^[0-9]*$/))]);

const policies = z.array(
  z.strictObject({
    type: z.enum(['Pods', 'Percent']),
    value: whole(1),
    periodSeconds: whole(1, 1800),
  }),
);
const stabilization = whole(0, 3600);

const podsMetric = (metric: string, target: string) =>
  section(`Average of ${metric}, which the custom metrics API must serve.`, {
    enabled: value(z.boolean(), false, `Scale on ${metric}.`),
    targetValue: value(quantity, target, 'Average for each pod at which pods are added.'),
  });

/** The HorizontalPodAutoscaler. */
export const autoscaling = {
  autoscaling: section(
    'HorizontalPodAutoscaler. It then sets the number of replicas, instead of replicaCount. Not created for raft, whose members are fixed, or beside keda.enabled.',
    {
      enabled: value(
        z.boolean(),
        false,
        'Create a HorizontalPodAutoscaler. The upgrade that first turns it on may leave one replica until the autoscaler acts.',
      ),
      annotations: value(stringMap, {}, 'Annotations for the HorizontalPodAutoscaler.'),
      minReplicas: value(whole(1), 1, 'Minimum replicas. To scale to zero use keda.'),
      maxReplicas: value(
        whole(1),
        10,
        'Maximum replicas. If it is below minReplicas, minReplicas is used for both.',
      ),
      targetCPUUtilizationPercentage: value(
        utilization,
        80,
        'Average CPU usage, in percent of the request. 0 or empty: not used.',
      ),
      targetMemoryUtilizationPercentage: value(
        utilization,
        '',
        'Average memory usage, in percent of the request. 0 or empty: not used.',
        80,
      ),
      metrics: section(
        'Metrics of XERV itself. They need an adapter that serves custom.metrics.k8s.io; keda needs none.',
        {
          pendingTraces: podsMetric('xerv_dispatch_queue_depth', '100'),
          activeTraces: podsMetric('xerv_active_traces', '50'),
        },
      ),
      customMetrics: value(
        objects,
        [],
        'More metrics, as a HorizontalPodAutoscaler (autoscaling/v2) has them.',
        [
          {
            type: 'External',
            external: {
              metric: { name: 'redis_queue_length' },
              target: { type: 'Value', value: '1000' },
            },
          },
        ],
      ),
      behavior: section('How fast replicas are added and removed.', {
        scaleDown: openSection('Removing replicas.', {
          stabilizationWindowSeconds: value(
            stabilization,
            300,
            'Seconds for which fewer replicas must have been enough.',
          ),
          policies: value(
            policies,
            [{ type: 'Percent', value: 10, periodSeconds: 60 }],
            'How many may be removed within a period.',
          ),
        }),
        scaleUp: openSection('Adding replicas.', {
          stabilizationWindowSeconds: value(
            stabilization,
            0,
            'Seconds for which more replicas must have been needed.',
          ),
          policies: value(
            policies,
            [
              { type: 'Percent', value: 100, periodSeconds: 15 },
              { type: 'Pods', value: 4, periodSeconds: 15 },
            ],
            'How many may be added within a period.',
          ),
          selectPolicy: value(
            z.enum(['Max', 'Min', 'Disabled']),
            'Max',
            'Which of several policies counts.',
          ),
        }),
      }),
    },
  ),
};
