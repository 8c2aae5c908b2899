import { parseQuantity } from '../../values/quantity.ts';
import { judgeLimitRanges } from '../fit/judge-limits.ts';
import { judgeQuotas } from '../fit/judge-quota.ts';
import { judgeVertical } from '../fit/judge-vertical.ts';
import { hasPods, podGroups } from '../fit/pods.ts';
import { rolloutsOf } from '../fit/surge.ts';
import { namespaceLabels, runtimeClassesFor, withGroups } from '../fit/with-groups.ts';
import type { Check, CheckInput } from '../types.ts';
import { withFact } from '../verdicts.ts';

const known = <T>(fact: { readonly state: string; readonly value?: T } | undefined) =>
  fact?.state === 'known' ? fact.value : undefined;

/** What the namespace lets pods ask for. */
export const limitChecks: readonly Check[] = [
  {
    id: 'XV-802',
    category: 'pods',
    title: 'The namespace’s quota has room for the pods',
    why: 'The API server accepts the workload, then refuses each pod that exceeds the quota; only the namespace’s events say so.',
    reads:
      'the namespace’s quotas and their usage; the rendered pods, with mesh sidecars, and how many an autoscaler may want; what a RuntimeClass adds; in an upgrade, whether pods are replaced',
    rules: ['D79'],
    applies: ({ objects }) => hasPods(objects),
    needs: ({ live, objects }) => [
      'quotas',
      ...runtimeClassesFor(objects),
      'limitRanges',
      'namespace',
      ...(live ? (['workload', 'nodes', 'rollouts'] as const) : []),
    ],
    run: (input) =>
      withFact(input.facts, 'quotas', 'the quotas', (quotas) =>
        withGroups(input, (groups) =>
          judgeQuotas(input, groups, {
            quotas,
            ranges: known(input.facts.limitRanges) ?? [],
            workload: known(input.facts.workload) ?? undefined,
            nodes: known(input.facts.nodes),
            rollouts: rolloutsOf(input.facts),
          }),
        ),
      ),
  },
  {
    id: 'XV-803',
    category: 'pods',
    title: 'The pods fit the namespace’s limit ranges',
    why: 'A LimitRange bounds what a container, a pod or a claim may request. The API server accepts the workload, then refuses its pods.',
    reads: 'the namespace’s limit ranges; the rendered pods and claims, with mesh sidecars',
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
    title: 'The cluster has what the VerticalPodAutoscaler may give',
    why: 'The VerticalPodAutoscaler raises requests up to maxAllowed. A pod that requests more than the largest node, the quota or a LimitRange allows stays Pending or is refused.',
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
