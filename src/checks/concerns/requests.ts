import { parseQuantity } from '../../values/quantity.ts';
import { scalerOf } from '../../values/scale.ts';
import { getNode } from '../../values/tree.ts';
import { type Container, containersOf } from '../fit/containers.ts';
import { withDefaults } from '../fit/limits.ts';
import { podGroups } from '../fit/pods.ts';
import { serverContainer } from '../fit/vary.ts';
import { namespaceLabels } from '../fit/with-groups.ts';
import { isLinkerdInjected } from '../mesh.ts';
import { scaledResources } from '../scaled-resources.ts';
import type { Check, CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { fail, pass } from '../verdicts.ts';

type Resource = 'cpu' | 'memory';

/** Resources whose use is taken as a share of what the pods request. */
const shared = ({ values }: Pick<CheckInput, 'values'>): readonly Resource[] => {
  const found = scaledResources(values).filter(({ isShare }) => isShare);
  return [...new Set(found.map(({ resource }) => resource))];
};

/** What autoscalers hold the use of CPU and memory against. */
export const requestChecks: readonly Check[] = [
  {
    id: 'XV-404',
    category: 'scaling',
    title: 'Every resource scaled on is requested',
    why: 'CPU and memory utilization is a percentage of the pods’ requests. If any container requests none, even a mesh proxy, there is no percentage, and the autoscaler does nothing or is refused.',
    reads:
      'resources; the autoscaler’s CPU and memory targets; every container of the rendered pods, with mesh proxies; limit range defaults',
    rules: ['D27'],
    applies: ({ values }) => scalerOf(values) !== undefined,
    needs: (input) =>
      shared(input).length === 0
        ? []
        : [
            'limitRanges',
            'namespace',
            ...(isLinkerdInjected(input.values) ? (['linkerd'] as const) : []),
          ],
    run: (input) => {
      const missing = containersOfPod(input).flatMap((container) =>
        shared(input)
          .filter((resource) => !(container.requests[resource] ?? 0))
          .map((resource) => ({ container: container.name, resource })),
      );
      return missing.length === 0
        ? pass('Every resource scaled on is requested.')
        : describe(missing);
    },
  },
];

/** As the API server completes them; where nothing is rendered, what the values say of XERV's own. */
function containersOfPod(input: CheckInput): readonly Container[] {
  const { facts, effective } = input;
  const ranges = facts.limitRanges?.state === 'known' ? facts.limitRanges.value : [];
  const [group] = podGroups(input.objects, namespaceLabels(input));
  const own = {
    name: serverContainer,
    resources: getNode(effective, ['resources']),
  };
  const containers = group?.containers ?? containersOf({ containers: [own] });
  // What runs before the others is gone when the use is measured.
  const running = containers.filter(({ role }) => role !== 'init').map((one) => ofMesh(one, input));
  return group ? withDefaults({ ...group, containers: running }, ranges).containers : running;
}

/** A proxy of Linkerd with what the mesh gives each; where that was not seen, it is not judged. */
function ofMesh(container: Container, { facts: { linkerd } }: CheckInput): Container {
  if (container.name !== 'linkerd-proxy') return container;
  const given =
    linkerd?.state === 'known'
      ? Object.entries(linkerd.value.proxyRequests).map(([of, amount]) => [
          of,
          parseQuantity(amount),
        ])
      : [
          ['cpu', 1],
          ['memory', 1],
        ];
  return { ...container, requests: { ...Object.fromEntries(given), ...container.requests } };
}

interface Missing {
  readonly container: string;
  readonly resource: Resource;
}

const usual = { cpu: '100m', memory: '256Mi' } as const;
/** What Linkerd's own values for high availability give each proxy. */
const ofProxy = { cpu: '100m', memory: '20Mi' } as const;

function describe(missing: readonly Missing[]): Verdict {
  const resources = [...new Set(missing.map(({ resource }) => resource))].join(' and ');
  const changes = missing.flatMap(({ container, resource }): ValueChange[] => {
    if (container === serverContainer)
      return [{ path: ['resources', 'requests', resource], value: usual[resource] }];
    return container === 'linkerd-proxy'
      ? [
          {
            path: ['podAnnotations', `config.linkerd.io/proxy-${resource}-request`],
            value: ofProxy[resource],
          },
        ]
      : [];
  });
  const others = [...new Set(missing.map(({ container }) => container))].filter(
    (name) => name !== serverContainer && name !== 'linkerd-proxy',
  );
  const remedies: Remedy[] = [
    ...(changes.length > 0 ? [{ text: 'Request it.', changes }] : []),
    ...(others.length > 0
      ? [{ text: `Set resources.requests of ${others.join(', ')} where you define it.` }]
      : []),
  ];
  const own = missing.some(({ container }) => container === serverContainer);
  const who = own ? 'request none' : 'one of their containers requests none';
  return fail(`The pods are scaled on ${resources}, but ${who}.`, {
    evidence: missing.map(({ container, resource }) =>
      container === serverContainer
        ? `resources.requests.${resource}: not set`
        : `container ${container}: resources.requests.${resource}: not set`,
    ),
    remedies,
  });
}
