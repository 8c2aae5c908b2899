import type { FactValue } from '../../cluster/facts/facts.ts';
import { listenerText, type Route, refusalOf } from '../listeners.ts';
import { installGatewayApi } from '../mesh.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';

const off: Remedy = {
  text: 'Or turn it off.',
  changes: [{ path: ['httpRoute', 'enabled'], value: false }],
};

/** The HTTPRoute, and who takes it. */
export const gatewayChecks: readonly Check[] = [
  {
    id: 'XV-704',
    category: 'network',
    title: 'The HTTPRoute has its Gateway',
    why: 'Without the Gateway API helm stops at the HTTPRoute. Without a Gateway, or with one that no controller handles or that accepts no routes from this namespace, as most do by default, the route leads nowhere.',
    reads:
      'httpRoute.parentRefs and hostnames; the Gateway API, its Gateways with their listeners and classes; the namespace’s labels',
    rules: [],
    applies: ({ values }) => values.httpRoute.enabled,
    needs: () => ['gateways', 'namespace'],
    run: (input) =>
      withFact(input.facts, 'gateways', 'the Gateways', (gateways) => {
        if (!gateways.served)
          return fail('The cluster has no Gateway API.', {
            evidence: ['API group gateway.networking.k8s.io: not served'],
            remedies: [installGatewayApi, off],
          });
        const seen = gateways.gateways.map(({ namespace, name }) => `${namespace}/${name}`);
        const evidence = [`Gateways: ${seen.join(', ') || 'none'}`];
        const wanted = parentsOf(input).map(({ gateway }) => gateway);
        if (wanted.length === 0)
          return warn('The HTTPRoute names no Gateway, so it publishes nothing.', {
            evidence: ['httpRoute.parentRefs: empty', ...evidence],
            remedies: attachRemedies(input, gateways),
          });
        const missing = wanted.filter((name) => !seen.includes(name));
        if (missing.length > 0)
          return warn(`The cluster has no Gateway ${missing.join(', ')}.`, {
            evidence,
            remedies: [{ text: 'Name an existing one in httpRoute.parentRefs.' }],
          });
        const idle = gateways.gateways.filter(
          ({ namespace, name, class: of }) =>
            wanted.includes(`${namespace}/${name}`) &&
            !gateways.classes.some((one) => one.name === of && one.accepted),
        );
        if (idle.length > 0)
          return warn('No controller handles the Gateway.', {
            evidence: idle.map(
              ({ namespace, name, class: of }) =>
                `Gateway ${namespace}/${name}: class ${of} is not there or not accepted`,
            ),
            remedies: [
              {
                text: 'See the class.',
                command: `kubectl describe gatewayclass ${idle[0]?.class}`,
              },
            ],
          });
        const refused = parentsOf(input).flatMap((parent) => judgeParent(input, gateways, parent));
        return refused.length > 0
          ? refused
          : pass(`It is attached to ${wanted.join(', ')}.`, { evidence });
      }),
  },
];

interface Parent {
  /** `namespace/name`. */
  readonly gateway: string;
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
}

/** The Gateways that the route wants. */
function parentsOf({ values, target }: CheckInput): Parent[] {
  return values.httpRoute.parentRefs
    .filter(({ kind = 'Gateway' }) => kind === 'Gateway')
    .map(({ name, namespace, sectionName, port }) => ({
      gateway: `${namespace ?? target.namespace}/${name}`,
      sectionName: typeof sectionName === 'string' ? sectionName : undefined,
      port: typeof port === 'number' ? port : undefined,
    }));
}

function routeOf(
  { values, facts, target: { namespace } }: CheckInput,
  { sectionName, port }: Pick<Parent, 'sectionName' | 'port'>,
): Route {
  const labels = facts.namespace?.state === 'known' ? facts.namespace.value.labels : undefined;
  const own = { 'kubernetes.io/metadata.name': namespace };
  const { hostnames } = values.httpRoute;
  return { namespace, labels: labels && { ...own, ...labels }, hostnames, sectionName, port };
}

/** A Gateway that takes the route and that a controller works on, where there is one. */
function attachRemedies(input: CheckInput, { gateways, classes }: FactValue<'gateways'>): Remedy[] {
  const route = routeOf(input, { sectionName: undefined, port: undefined });
  const taker = gateways.find(
    (one) =>
      classes.some(({ name, accepted }) => name === one.class && accepted) &&
      refusalOf(one, route) === undefined,
  );
  if (!taker) return [off];
  const { name, namespace } = taker;
  return [
    {
      text: `Attach it to Gateway ${namespace}/${name}.`,
      changes: [{ path: ['httpRoute', 'parentRefs'], value: [{ name, namespace }] }],
    },
  ];
}

/** What is to be said of a Gateway that is there and does not take the route. */
function judgeParent(
  input: CheckInput,
  { gateways }: FactValue<'gateways'>,
  { gateway, sectionName, port }: Parent,
): Verdict[] {
  const { values, target } = input;
  const { namespace } = target;
  const { hostnames } = values.httpRoute;
  const found = gateways.find((one) => `${one.namespace}/${one.name}` === gateway);
  if (!found) return [];
  const refusal = refusalOf(found, routeOf(input, { sectionName, port }));
  const evidence = found.listeners.map((one) => `Gateway ${gateway}: ${listenerText(one)}`);
  switch (refusal?.why) {
    case undefined:
      return [];
    case 'no-listener':
      return [
        warn(
          `Gateway ${gateway} has no listener ${[sectionName, port].filter((one) => one !== undefined).join(' with port ')}.`,
          { evidence, remedies: [{ text: 'Name an existing one in httpRoute.parentRefs.' }] },
        ),
      ];
    case 'kind':
      return [
        warn(`Gateway ${gateway} accepts no HTTPRoute.`, {
          evidence,
          remedies: [{ text: 'Name another one in httpRoute.parentRefs.' }],
        }),
      ];
    case 'unseen':
      return [
        unknown(
          `Could not read the labels of namespace ${namespace}, which decide whether its routes are accepted.`,
          {
            evidence,
          },
        ),
      ];
    case 'hostname':
      return [
        warn(`No listener of Gateway ${gateway} matches ${hostnames.join(', ')}.`, {
          evidence,
          remedies: [{ text: 'Use a host name that a listener matches in httpRoute.hostnames.' }],
        }),
      ];
    case 'namespace':
      return [
        warn(`Gateway ${gateway} accepts no routes from namespace ${namespace}.`, {
          evidence,
          remedies: [
            ...refusal.listeners.flatMap(({ from, selector }) =>
              from === 'Selector' && selector && Object.keys(selector.matchLabels).length > 0
                ? [
                    {
                      text: 'Give the namespace the labels that the listener selects.',
                      command: `kubectl label namespace ${namespace} ${Object.entries(
                        selector.matchLabels,
                      )
                        .map(([key, value]) => `${key}=${value}`)
                        .join(' ')}`,
                    },
                  ]
                : [],
            ),
            {
              text: `Ask the Gateway’s owner to allow routes from namespace ${namespace}: allowedRoutes.namespaces of a listener.`,
            },
          ],
        }),
      ];
  }
}
