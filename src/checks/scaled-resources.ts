import { scalerOf } from '../values/scale.ts';
import type { Values } from '../values/schema/index.ts';
import { textAt } from './fit/read.ts';

/** CPU or memory, where its use sets the number of replicas. */
export interface ScaledResource {
  readonly resource: 'cpu' | 'memory';
  /** Path of the value that says so, as text. */
  readonly setting: string;
  /** Whether the use counts as a share of what is requested, or as it is. */
  readonly isShare: boolean;
}

/** What makes the use of CPU or memory set the number of replicas, in the order of the values. */
export function scaledResources(values: Values): readonly ScaledResource[] {
  switch (scalerOf(values)) {
    case 'keda':
      return ofKeda(values);
    case 'hpa':
      return ofHpa(values);
    default:
      return [];
  }
}

/** Resources whose use sets the number of replicas, each once. */
export function resourcesScaledOn(values: Values): ('cpu' | 'memory')[] {
  const found = new Set(scaledResources(values).map(({ resource }) => resource));
  return (['cpu', 'memory'] as const).filter((resource) => found.has(resource));
}

const isResource = (name: string): name is 'cpu' | 'memory' => name === 'cpu' || name === 'memory';

const ofKeda = ({ keda }: Values): ScaledResource[] => [
  ...(['cpu', 'memory'] as const)
    .filter((resource) => keda.triggers[resource].enabled)
    .map((resource) => ({ resource, setting: `keda.triggers.${resource}`, isShare: true })),
  ...keda.extraTriggers.flatMap((trigger, index) =>
    isResource(trigger.type)
      ? [
          {
            resource: trigger.type,
            setting: `keda.extraTriggers[${index}]`,
            isShare: textAt(trigger, 'metricType') !== 'AverageValue',
          },
        ]
      : [],
  ),
];

const ofHpa = ({ autoscaling }: Values): ScaledResource[] => [
  ...(
    [
      ['cpu', 'targetCPUUtilizationPercentage'],
      ['memory', 'targetMemoryUtilizationPercentage'],
    ] as const
  )
    .filter(([, key]) => Number(autoscaling[key]) > 0)
    .map(([resource, key]) => ({ resource, setting: `autoscaling.${key}`, isShare: true })),
  ...autoscaling.customMetrics.flatMap((metric, index) =>
    ['resource', 'containerResource'].flatMap((key) => {
      const name = textAt(metric, key, 'name');
      return isResource(name)
        ? [
            {
              resource: name,
              setting: `autoscaling.customMetrics[${index}]`,
              isShare: textAt(metric, key, 'target', 'type') === 'Utilization',
            },
          ]
        : [];
    }),
  ),
];
