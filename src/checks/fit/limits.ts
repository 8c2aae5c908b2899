import type { FactValue } from '../../cluster/facts/facts.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { amountsAt, type Container, sumOf } from './containers.ts';
import type { PodGroup } from './pods.ts';

type LimitRange = FactValue<'limitRanges'>[number];
type Kind = 'requests' | 'limits';

/** A bound of a LimitRange that a pod does not keep. */
export interface Breach {
  readonly range: string;
  /** The container; empty where the whole pod counts. */
  readonly container: string;
  readonly what: Kind | 'ratio';
  readonly of: string;
  readonly bound: 'min' | 'max' | 'maxLimitRequestRatio';
  readonly limit: number;
  /** Undefined where nothing is said, which a maximum of limits does not take. */
  readonly is: number | undefined;
}

/** The group with what limit ranges fill in where a container says nothing. */
export function withDefaults(group: PodGroup, ranges: readonly LimitRange[]): PodGroup {
  const all = ranges.flatMap(({ limits }) => limits.filter(({ type }) => type === 'Container'));
  const limits = Object.assign({}, ...all.map((one) => amountsAt(one.default)));
  const requests = Object.assign({}, ...all.map((one) => amountsAt(one.defaultRequest)));
  return {
    ...group,
    containers: group.containers.map((container) => ({
      ...container,
      limits: { ...limits, ...container.limits },
      requests: { ...limits, ...requests, ...container.requests },
    })),
  };
}

/**
 * Where pods break limit ranges.
 * Source: https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function breachesOf(group: PodGroup, ranges: readonly LimitRange[]): readonly Breach[] {
  const { containers } = withDefaults(group, ranges);
  const pod: Container = {
    name: '',
    role: 'main',
    requests: sumOf(containers, 'requests'),
    limits: sumOf(containers, 'limits'),
  };
  return ranges.flatMap(({ name: range, limits }) =>
    limits.flatMap((limit) => {
      const subjects = limit.type === 'Container' ? containers : limit.type === 'Pod' ? [pod] : [];
      return subjects.flatMap((subject) => breachesOfOne(range, subject, limit));
    }),
  );
}

function breachesOfOne(
  range: string,
  { name: container, requests, limits }: Container,
  { min, max, maxLimitRequestRatio }: LimitRange['limits'][number],
): readonly Breach[] {
  const breaches: Breach[] = [];
  for (const [of, quantity] of Object.entries(min)) {
    const limit = parseQuantity(quantity);
    for (const [what, amounts] of [
      ['requests', requests],
      ['limits', limits],
    ] as const) {
      const is = amounts[of];
      // A minimum of limits counts only where there is one; one of requests always does.
      if (is === undefined ? what === 'requests' : is < limit)
        breaches.push({ range, container, what, of, bound: 'min', limit, is });
    }
  }
  for (const [of, quantity] of Object.entries(max)) {
    const limit = parseQuantity(quantity);
    for (const [what, amounts] of [
      ['requests', requests],
      ['limits', limits],
    ] as const) {
      const is = amounts[of];
      if (is === undefined ? what === 'limits' : is > limit)
        breaches.push({ range, container, what, of, bound: 'max', limit, is });
    }
  }
  for (const [of, quantity] of Object.entries(maxLimitRequestRatio)) {
    const limit = parseQuantity(quantity);
    const [request, most] = [requests[of], limits[of]];
    const is = request && most !== undefined ? most / request : undefined;
    if (is === undefined || is > limit)
      breaches.push({
        range,
        container,
        what: 'ratio',
        of,
        bound: 'maxLimitRequestRatio',
        limit,
        is,
      });
  }
  return breaches;
}
