import type { FactValue } from '../../cluster/facts/facts.ts';
import { parseQuantity } from '../../values/quantity.ts';
import type { Tried } from '../tried.ts';
import type { CheckInput } from '../types.ts';
import { type PodGroup, podGroups } from './pods.ts';

/** Whether a change of its pods makes one more before it takes one away. */
export const surges = ({ surge, unavailable, replicas }: PodGroup): boolean =>
  surge > 0 && unavailable === 0 && replicas > 0;

/** Empty where nobody looked, or could. */
export const rolloutsOf = ({ rollouts }: CheckInput['facts']): FactValue<'rollouts'> =>
  rollouts?.state === 'known' ? rollouts.value : {};

/** Whether its pods are made anew, as far as anybody can tell: what is not known may. */
export const mayRestart = ({ kind, name }: PodGroup, rollouts: FactValue<'rollouts'>): boolean =>
  rollouts[`${kind}/${name}`]?.restarts ?? true;

/**
 * Tells the refusals of a pod that no pod will get: the dry run makes one beside those that run,
 * while the controller makes none, or takes one away first.
 */
export function podsThatComeInstead({ facts, objects }: CheckInput): (tried: Tried) => boolean {
  const rollouts = rolloutsOf(facts);
  const running = podGroups(objects, {}).filter(
    ({ kind, name, replicas }) => replicas <= (rollouts[`${kind}/${name}`]?.replicas ?? 0),
  );
  return ({ object, message }) =>
    running.some(
      (group) =>
        object === `Pod/${group.name}-*` &&
        (!mayRestart(group, rollouts) || (!surges(group) && fitsAlone(message))),
    );
}

/**
 * Whether a quota would take the pod if it were the only one.
 * @param message such as `exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1`
 */
function fitsAlone(message: string): boolean {
  const read = (word: string) => {
    const list = new RegExp(`${word}: ([^ ]+=[^ ]+?)(?:, |$)`).exec(message)?.[1] ?? '';
    const pairs = list.split(',').map((pair) => pair.split('=', 2) as [string, string?]);
    return new Map(pairs.map(([key, amount = '']) => [key, parseQuantity(amount)]));
  };
  const [requested, limited] = [read('requested'), read('limited')];
  return (
    requested.size > 0 &&
    [...requested].every(([key, amount]) => amount <= (limited.get(key) ?? Number.NaN))
  );
}
