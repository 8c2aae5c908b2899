import type { FactValue } from '../../cluster/facts/facts.ts';
import { parseQuantity } from '../../values/quantity.ts';
import type { CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { fail, pass } from '../verdicts.ts';
import { amountText } from './amounts.ts';
import { type Breach, breachesOf, withDefaults } from './limits.ts';
import type { PodGroup } from './pods.ts';
import { at, listAt, textAt } from './read.ts';
import { serverContainer } from './vary.ts';

type LimitRanges = FactValue<'limitRanges'>;

export function judgeLimitRanges(
  input: CheckInput,
  groups: readonly PodGroup[],
  ranges: LimitRanges,
): Verdict {
  if (ranges.length === 0) return pass('The namespace has no LimitRange.');
  const breaches = groups.flatMap((group) => breachesOf(group, ranges));
  const claims = claimBreaches(input, ranges);
  if (breaches.length + claims.length === 0) return pass('The pods are within them.');
  const changes = [...changesFor(breaches, groups, ranges), ...claims.map(({ change }) => change)];
  const others = [...new Set(breaches.map(({ container }) => container))].filter(
    (name) => name !== serverContainer && name !== '',
  );
  const remedies: Remedy[] = [
    ...(changes.length > 0
      ? [
          {
            text: `Stay within the LimitRange: ${changes.map(({ path, value }) => `${path.join('.')} ${value}`).join(', ')}.`,
            changes,
          },
        ]
      : []),
    ...(others.length > 0 ? [{ text: `Set the resources of ${others.join(', ')}.` }] : []),
    { text: 'Or ask the namespace’s owner to change the LimitRange.' },
  ];
  return fail('A LimitRange in the namespace refuses the pods or their volumes.', {
    evidence: [...new Set([...breaches.map(describe), ...claims.map(({ words }) => words)])],
    remedies,
  });
}

function describe({ range, container, what, of, bound, limit, is }: Breach): string {
  const who = container === '' ? 'the pod' : `container ${container}`;
  const field = what === 'ratio' ? `limits.${of} / requests.${of}` : `${what}.${of}`;
  const text = (amount: number) =>
    what === 'ratio' ? String(Math.round(amount * 100) / 100) : amountText(of, amount);
  return `LimitRange ${range}: ${bound} ${of} ${text(limit)}; ${who} has ${field} ${is === undefined ? 'not set' : text(is)}`;
}

/** Resources of XERV's container moved to the bounds, one after the other. */
function changesFor(
  breaches: readonly Breach[],
  groups: readonly PodGroup[],
  ranges: LimitRanges,
): readonly ValueChange[] {
  const group = groups[0] && withDefaults(groups[0], ranges);
  const server = group?.containers.find(({ name }) => name === serverContainer);
  if (!group || !server) return [];
  const requests: Record<string, number> = { ...server.requests };
  const limits: Record<string, number> = { ...server.limits };
  const mine = breaches.filter(
    ({ container }) => container === serverContainer || container === '',
  );
  for (const { container, what, of, bound, limit, is } of mine) {
    if (what === 'ratio') continue;
    const amounts = what === 'requests' ? requests : limits;
    // Of a bound of the whole pod, the other containers have their part.
    const beside = container === '' ? (is ?? 0) - (server[what][of] ?? 0) : 0;
    const wanted = Math.max(0, limit - beside);
    const now = amounts[of];
    amounts[of] =
      now === undefined ? wanted : bound === 'min' ? Math.max(now, wanted) : Math.min(now, wanted);
  }
  for (const of of Object.keys(limits))
    if ((requests[of] ?? 0) > (limits[of] ?? 0)) {
      const isLow = mine.some((one) => one.of === of && one.bound === 'min');
      if (isLow) limits[of] = requests[of] ?? 0;
      else requests[of] = limits[of] ?? 0;
    }
  for (const { of, limit, what } of mine) {
    const most = limits[of];
    if (what === 'ratio' && most !== undefined && (requests[of] ?? 0) * limit < most)
      requests[of] = Math.ceil((most / limit) * 1000) / 1000;
  }
  return (['requests', 'limits'] as const).flatMap((what) =>
    Object.entries(what === 'requests' ? requests : limits).flatMap(([of, amount]) =>
      server[what][of] === amount
        ? []
        : [{ path: ['resources', what, of], value: amountText(of, roundUp(of, amount)) }],
    ),
  );
}

const roundUp = (of: string, amount: number) =>
  of === 'cpu' ? Math.ceil(amount * 1000 - 1e-6) / 1000 : Math.ceil(amount / 2 ** 20) * 2 ** 20;

/** Claims that are larger or smaller than a LimitRange lets them be. */
function claimBreaches({ objects, values }: CheckInput, ranges: LimitRanges) {
  const path = values.dispatch.backend === 'raft' ? ['storage', 'size'] : ['persistence', 'size'];
  const claims = [
    ...objects.filter(({ kind }) => kind === 'PersistentVolumeClaim'),
    ...objects.flatMap((object) => listAt(object, 'spec', 'volumeClaimTemplates')),
  ];
  const bounds = ranges.flatMap(({ name, limits }) =>
    limits
      .filter(({ type }) => type === 'PersistentVolumeClaim')
      .flatMap(({ min, max }) => [
        ...(min.storage ? [{ name, bound: 'min' as const, size: min.storage }] : []),
        ...(max.storage ? [{ name, bound: 'max' as const, size: max.storage }] : []),
      ]),
  );
  return claims.flatMap((claim) => {
    const size = String(at(claim, 'spec', 'resources', 'requests', 'storage') ?? '');
    return bounds
      .filter(({ bound, size: limit }) =>
        bound === 'min'
          ? parseQuantity(size) < parseQuantity(limit)
          : parseQuantity(size) > parseQuantity(limit),
      )
      .map((one) => ({
        words: `LimitRange ${one.name}: ${one.bound} storage ${one.size}; claim ${textAt(claim, 'metadata', 'name')} wants ${size}`,
        change: { path, value: one.size } as ValueChange,
      }));
  });
}
