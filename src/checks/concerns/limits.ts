import { parseQuantity } from '../../values/quantity.ts';
import { judgeLimitRanges } from '../fit/judge-limits.ts';
import { judgeQuotas } from '../fit/judge-quota.ts';
import { judgeVertical } from '../fit/judge-vertical.ts';
import { hasPods, podGroups } from '../fit/pods.ts';
import { rolloutsOf } from '../fit/surge.ts';
import type { Check, CheckInput } from '../types.ts';
import { withFact } from '../verdicts.ts';
import { namespaceLabels } from './capacity.ts';

const known = <T>(fact: { readonly state: string; readonly value?: T } | undefined) =>
  fact?.state === 'known' ? fact.value : undefined;

/** What the namespace lets pods ask for. */
export const limitChecks: readonly Check[] = [
  {
    id: 'XV-802',
    category: 'pods',
    title: 'The quota of the namespace has room for the pods',
    why: 'The API server takes the workload and refuses each pod that the quota has no room for; only events of the namespace tell of it.',
    reads:
      'the quotas of the namespace and what is used of them; the rendered pods, with the sidecars of a mesh, and how many an autoscaler may want',
    rules: ['D79'],
    applies: ({ objects }) => hasPods(objects),
    needs: ({ live }) => [
      'quotas',
      'limitRanges',
      'namespace',
      ...(live ? (['workload', 'nodes', 'rollouts'] as const) : []),
    ],
    run: (input) =>
      withFact(input.facts, 'quotas', 'the quotas', (quotas) =>
        judgeQuotas(input, podGroups(input.objects, namespaceLabels(input)), {
          quotas,
          ranges: known(input.facts.limitRanges) ?? [],
          workload: known(input.facts.workload) ?? undefined,
          nodes: known(input.facts.nodes),
          rollouts: rolloutsOf(input.facts),
        }),
      ),
  },
  {
    id: 'XV-803',
    category: 'pods',
    title: 'The limit ranges of the namespace let the pods be',
    why: 'A LimitRange bounds what a container, a pod or a claim may ask for. The API server takes the workload and refuses its pods.',
    reads:
      'the limit ranges of the namespace; the rendered pods and claims, with the sidecars of a mesh',
    rules: ['D79'],
    applies: ({ objects }) => hasPods(objects),
    needs: () => ['limitRanges', 'namespace'],
    run: (input) =>
      withFact(input.facts, 'limitRanges', 'the limit ranges', (ranges) =>
        judgeLimitRanges(input, podGroups(input.objects, namespaceLabels(input)), ranges),
      ),
  },
  {
    id: 'XV-804',
    category: 'pods',
    title: 'What the VerticalPodAutoscaler may give, there is',
    why: 'The VerticalPodAutoscaler raises the requests up to maxAllowed. A pod that asks for more than the largest node, the quota or a LimitRange has stays Pending or is refused.',
    reads: 'vpa.containerPolicies; the nodes, quotas and limit ranges',
    rules: ['D43'],
    applies: ({ values, objects }) => values.vpa.enabled && hasPods(objects),
    needs: () => ['nodes', 'quotas', 'limitRanges'],
    run: (input: CheckInput) =>
      withFact(input.facts, 'nodes', 'the nodes', (nodes) =>
        judgeVertical(input, {
          nodes,
          quotas: known(input.facts.quotas) ?? [],
          ranges: known(input.facts.limitRanges) ?? [],
          groups: podGroups(input.objects, {}),
          read: (quantity) => parseQuantity(quantity),
        }),
      ),
  },
];
