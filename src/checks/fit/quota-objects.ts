import type { FactValue } from '../../cluster/facts/facts.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { pluralOf } from '../plural.ts';
import type { RenderedObject } from '../types.ts';
import { shortageText } from './amounts.ts';
import { at, textAt } from './read.ts';

type Quota = FactValue<'quotas'>[number];

/** Names without a group that quotas have had from the beginning, beside `count/…`. */
const oldNames = ['configmaps', 'secrets', 'services'];

/** What of these objects counts for a resource of a quota; undefined where it is no number of objects. */
function isCounted(resource: string): ((object: RenderedObject) => boolean) | undefined {
  const typeOf = (object: RenderedObject) =>
    object.kind === 'Service' ? textAt(object, 'spec', 'type') : '';
  if (resource === 'services.loadbalancers') return (object) => typeOf(object) === 'LoadBalancer';
  if (resource === 'services.nodeports')
    return (object) =>
      typeOf(object) === 'NodePort' ||
      (typeOf(object) === 'LoadBalancer' &&
        at(object, 'spec', 'allocateLoadBalancerNodePorts') !== false);
  const wanted = oldNames.includes(resource) ? resource : /^count\/(.+)$/.exec(resource)?.[1];
  if (wanted === undefined) return undefined;
  return ({ apiVersion, kind }) => {
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
    return `${pluralOf(kind)}${group}` === wanted;
  };
}

/**
 * Where quotas have no room for all of the objects, none of which is there yet: helm makes what is
 * new before it removes what is not wanted any more. The API server
 * tells of each alone only.
 * @returns a sentence for each, such as `ResourceQuota team: services: 2 wanted, 1 left`
 * Source: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-on-object-count
 */
export function objectShortages(
  quotas: readonly Quota[],
  objects: readonly RenderedObject[],
): readonly string[] {
  return quotas
    .filter(({ scopes }) => scopes.length === 0)
    .flatMap(({ name, hard, used }) =>
      Object.entries(hard).flatMap(([resource, most]) => {
        const counts = isCounted(resource);
        const wanted = counts ? objects.filter(counts).length : 0;
        const left = parseQuantity(most) - parseQuantity(used[resource] ?? '0');
        return wanted > left && wanted > 0
          ? [shortageText({ quota: name, resource, wanted, left })]
          : [];
      }),
    );
}
