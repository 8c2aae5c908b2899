import type { ClusterFacts } from '../cluster/facts/facts.ts';

/** Who answers an API of metrics, as far as that can be seen. */
export type MetricsApi =
  | { readonly state: 'absent' }
  | { readonly state: 'unseen' }
  | {
      readonly state: 'served';
      readonly name: string;
      /** `namespace/name` of the Service that answers. */
      readonly service: string;
      readonly available: boolean;
      readonly reason: string;
    };

export type MetricsGroup = 'metrics.k8s.io' | 'custom.metrics.k8s.io' | 'external.metrics.k8s.io';

/**
 * Looks for an aggregated API. Who may not list APIServices still sees which groups are served;
 * whether anybody answers is then unseen.
 */
export function metricsApi(
  group: MetricsGroup,
  { apiServices, apis }: Pick<ClusterFacts, 'apiServices' | 'apis'>,
): MetricsApi {
  if (apiServices?.state === 'known') {
    const found = apiServices.value.filter(
      ({ name }) => /^v[^.]+\.(.*)$/.exec(name)?.[1] === group,
    );
    const best = found.find(({ available }) => available) ?? found[0];
    if (best) return { state: 'served', ...best };
  }
  if (apis?.state === 'known' && !apis.value.some((one) => one.startsWith(`${group}/`)))
    return { state: 'absent' };
  return { state: 'unseen' };
}
