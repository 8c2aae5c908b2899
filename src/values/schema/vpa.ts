import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { objects, quantity, stringMap, whole } from './formats.ts';

const amounts = z.record(z.string(), quantity);

const containerPolicy = z.looseObject({
  containerName: z.string().check(z.minLength(1)),
  mode: z.optional(z.enum(['Auto', 'Off'])),
  minAllowed: z.optional(amounts),
  maxAllowed: z.optional(amounts),
  controlledResources: z.optional(z.array(z.enum(['cpu', 'memory']))),
  controlledValues: z.optional(z.enum(['RequestsAndLimits', 'RequestsOnly'])),
});

/** The VerticalPodAutoscaler. */
export const vpa = {
  vpa: section('VerticalPodAutoscaler, which sets what the pods request.', {
    enabled: value(z.boolean(), false, 'Create a VerticalPodAutoscaler.'),
    annotations: value(stringMap, {}, 'Annotations for the VerticalPodAutoscaler.'),
    updateMode: value(
      z.enum(['Off', 'Initial', 'Auto', 'Recreate', 'InPlaceOrRecreate']),
      'Auto',
      'Update mode: Off (recommendations only), Initial (at the start of a pod), Recreate (by replacing pods), InPlaceOrRecreate (without a restart where possible; Kubernetes 1.33 and VPA 1.5 or newer, Recreate before). Auto is the old name of Recreate.',
    ),
    minReplicas: value(
      whole(1),
      1,
      'Replicas that must be alive before a pod is replaced. With 1, a single replica is replaced too, and is down while it restarts.',
    ),
    evictionRequirements: value(
      objects,
      [],
      'When a pod may be replaced at all, for example only to give it more.',
      [{ resources: ['cpu', 'memory'], changeRequirement: 'TargetHigherThanRequests' }],
    ),
    containerPolicies: value(
      z.array(containerPolicy),
      [
        {
          containerName: '*',
          minAllowed: { cpu: '50m', memory: '128Mi' },
          maxAllowed: { cpu: 4, memory: '8Gi' },
          controlledResources: ['cpu', 'memory'],
          controlledValues: 'RequestsAndLimits',
        },
      ],
      'Bounds for each container. The one for * is for XERV: mesh proxies and other sidecars are left alone unless named. A resource that horizontal scaling follows is not controlled.',
    ),
    recommenders: value(objects, [], 'A recommender other than the default.', [{ name: 'custom' }]),
  }),
};
