import type { FactName, FactValue } from '../../cluster/facts/facts.ts';
import { isIstioInjected, isLinkerdInjected } from '../mesh.ts';
import { endpointsOf, hiddenUrl, outsideEndpoints } from '../outside.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { fail, pass, skip, unknown, warn, withFact } from '../verdicts.ts';
import { selectorFindings } from './network-policy-selectors.ts';

const isOn = ({ values }: Pick<CheckInput, 'values'>) => values.networkPolicy.enabled;
const path = (...keys: string[]) => ['networkPolicy', ...keys];

/** The NetworkPolicy, against who is there. */
export const networkPolicyChecks: readonly Check[] = [
  {
    id: 'XV-710',
    category: 'network',
    title: 'The NetworkPolicy lets the proxy reach its control plane',
    why: 'A proxy that cannot reach its control plane gets no certificate and no routes, and its pod never becomes ready.',
    reads: 'networkPolicy.mesh.namespaces; the namespace of the mesh’s control plane',
    rules: ['D62'],
    applies: (input) =>
      isOn(input) && (isIstioInjected(input.values) || isLinkerdInjected(input.values)),
    needs: ({ values }) => [isIstioInjected(values) ? 'istio' : 'linkerd'],
    run: ({ values, facts }) => {
      const allowed = values.networkPolicy.mesh.namespaces;
      const judge = (usual: string[], real: readonly string[]) => {
        const [first] = real;
        if (first === undefined) return skip('The mesh has no control plane in this cluster.');
        const names = allowed.length > 0 ? allowed : usual;
        const missing = [...new Set(real)].filter((name) => !names.includes(name));
        const evidence = [
          `networkPolicy.mesh.namespaces: ${allowed.join(', ') || `not set (${usual.join(', ')})`}`,
          `control plane in ${[...new Set(real)].join(', ')}`,
        ];
        if (missing.length === 0) return pass('It does.', { evidence });
        return fail(`The NetworkPolicy cuts the proxy off from ${missing.join(', ')}.`, {
          evidence,
          remedies: [
            {
              text: 'Allow the control plane.',
              changes: [{ path: path('mesh', 'namespaces'), value: [...names, ...missing] }],
            },
          ],
        });
      };
      return isIstioInjected(values)
        ? withFact(facts, 'istio', 'Istio', ({ revisions }) =>
            judge(
              ['istio-system'],
              revisions.flatMap(({ controller }) => controller?.namespace ?? []),
            ),
          )
        : withFact(facts, 'linkerd', 'Linkerd', ({ controllers }) =>
            judge(
              ['linkerd', 'linkerd-viz'],
              controllers.map(({ namespace }) => namespace),
            ),
          );
    },
  },
  {
    id: 'XV-711',
    category: 'network',
    title: 'The NetworkPolicy limits where XERV may connect',
    why: 'A NetworkPolicy matches addresses and namespaces, not DNS names: for names outside the cluster the chart opens the port to every address. For a URL in a Secret it does not even know the port.',
    reads: 'dispatch, monitoring.tracing.endpoint; networkPolicy.backendServers',
    rules: ['D63'],
    applies: (input) =>
      isOn(input) &&
      (endpointsOf(input.values).length > 0 || hiddenUrl(input.values) !== undefined),
    needs: () => [],
    run: ({ values }) => {
      const { namespaces, cidrs, ports } = values.networkPolicy.backendServers;
      const secret = hiddenUrl(values);
      const isNamed = namespaces.length > 0 || cidrs.length > 0;
      if (secret !== undefined && !isNamed)
        return warn(`The NetworkPolicy does not know the server in Secret ${secret}.`, {
          evidence: [
            `networkPolicy.backendServers: neither namespaces nor cidrs; ports: ${ports.join(', ') || 'the usual one'}`,
          ],
          remedies: [
            {
              text: 'Set networkPolicy.backendServers.namespaces or cidrs, and ports if the port is not the default one.',
            },
          ],
        });
      const names = outsideEndpoints(values).filter(({ host }) => !isAddress(host));
      if (names.length > 0 && !isNamed)
        return warn(
          'The NetworkPolicy opens ports to every address, for names outside the cluster.',
          {
            evidence: names.map(({ setting, host }) => `${setting}: ${host}`),
            remedies: [
              {
                text: 'If the addresses are known, use them instead of the names, or use your network plugin’s own host name policies.',
              },
            ],
          },
        );
      return pass('It does.');
    },
  },
  {
    id: 'XV-712',
    category: 'network',
    title: 'The NetworkPolicy lets Prometheus, KEDA and ingress in',
    why: 'Clients that the NetworkPolicy does not name are silently blocked: no metrics, no scaling, no requests.',
    reads:
      'networkPolicy.prometheus, keda and ingressController; the namespaces of Prometheus objects and of KEDA; all namespaces',
    rules: ['D64'],
    applies: isOn,
    needs: ({ values }) => [
      'namespaces',
      ...(values.metrics.enabled ? (['prometheusOperator'] as const) : []),
      ...(asksXerv(values) ? (['keda'] as const) : []),
    ],
    run: (input) => [...[judgeHelpers(input)].flat(), ...[judgeNames(input)].flat()],
  },
  {
    id: 'XV-713',
    category: 'network',
    title: 'Your own NetworkPolicy rules select something',
    why: 'Namespaces have no label “name”, although many examples use it: such a rule lets nothing through. Each has kubernetes.io/metadata.name.',
    reads: 'networkPolicy.ingress, networkPolicy.egress; the labels of all namespaces',
    rules: ['D65'],
    applies: ({ values }) =>
      values.networkPolicy.enabled &&
      values.networkPolicy.ingress.length + values.networkPolicy.egress.length > 0,
    needs: () => ['namespaces'],
    run: (input) =>
      withFact(input.facts, 'namespaces', 'the namespaces', (namespaces) =>
        selectorFindings(input.values, namespaces),
      ),
  },
  {
    id: 'XV-714',
    category: 'network',
    title: 'The network plugin enforces NetworkPolicies',
    why: 'The API server accepts a NetworkPolicy whether or not anything enforces it. With a plugin that does not, every pod may talk to every other.',
    reads: 'DaemonSets of network plugins in every namespace',
    rules: ['D66'],
    applies: isOn,
    needs: () => ['networkPlugins'],
    run: ({ facts }) =>
      withFact(facts, 'networkPlugins', 'the network plugin', (plugins) => {
        const evidence = plugins.map(({ name, daemonSet }) => `DaemonSet ${daemonSet}: ${name}`);
        const good = plugins.find(({ enforces }) => enforces);
        if (good) return pass(`${good.name} does.`, { evidence });
        const names = plugins.map(({ name }) => name).join(', ');
        if (plugins.length === 0 || plugins.some(({ enforces }) => enforces === null))
          return unknown(
            names
              ? `${names} enforces NetworkPolicies only if that is turned on.`
              : 'No network plugin was recognised, so it is unknown whether NetworkPolicies are enforced.',
            { evidence },
          );
        return warn(`${names} does not enforce NetworkPolicies, so this one has no effect.`, {
          evidence,
          remedies: [{ text: 'Use a plugin that enforces them, such as Calico or Cilium.' }],
        });
      }),
  },
];

const isAddress = (host: string) => /^\[|^[\d.]+(:\d+)?$/.test(host);

/** Whether KEDA asks XERV itself, as the chart decides it. */
const asksXerv = ({ keda }: CheckInput['values']) =>
  keda.enabled && keda.extraTriggers.some(({ type }) => type === 'metrics-api');

/** Those whose place in the cluster can be seen. */
function judgeHelpers({ values, facts }: CheckInput) {
  const { prometheus, keda } = values.networkPolicy;
  const judge = (
    who: string,
    key: 'prometheus' | 'keda',
    allowed: readonly string[],
    real: readonly string[],
  ) => {
    if (real.length === 0) return [];
    const evidence = [
      `networkPolicy.${key}.namespaces: ${allowed.join(', ') || 'none'}`,
      `${who} in ${real.join(', ')}`,
    ];
    if (real.some((name) => allowed.includes(name))) return pass(`${who} is let in.`, { evidence });
    const remedy: Remedy = {
      text: `Let ${who} in.`,
      changes: [{ path: path(key, 'namespaces'), value: [...real] }],
    };
    return warn(`The NetworkPolicy does not let ${who} in.`, { evidence, remedies: [remedy] });
  };
  const of = <Name extends FactName>(
    name: Name,
    what: string,
    namespacesOf: (value: FactValue<Name>) => readonly string[],
    allowed: readonly string[],
    key: 'prometheus' | 'keda',
  ) =>
    withFact(facts, name, what, (value) =>
      judge(what, key, allowed, [...new Set(namespacesOf(value))]),
    );
  return [
    ...(values.metrics.enabled
      ? [
          of(
            'prometheusOperator',
            'Prometheus',
            ({ prometheuses }) => prometheuses.map(({ namespace }) => namespace),
            prometheus.namespaces,
            'prometheus',
          ),
        ]
      : []),
    ...(asksXerv(values)
      ? [
          of(
            'keda',
            'KEDA',
            ({ controllers }) => controllers.map(({ namespace }) => namespace),
            keda.namespaces,
            'keda',
          ),
        ]
      : []),
  ].flat();
}

/** Namespaces that the user named, and that are not there. */
function judgeNames({ values, given, facts }: CheckInput) {
  return withFact(facts, 'namespaces', 'the namespaces', (all) => {
    const { networkPolicy } = values;
    const own = given.networkPolicy as Readonly<Record<string, unknown>> | undefined;
    const sections = [
      'clients',
      'ingressController',
      'prometheus',
      'keda',
      'mesh',
      'backendServers',
    ];
    const missing = sections
      .filter((section) => own?.[section])
      .flatMap((section) =>
        networkPolicy[section as 'clients'].namespaces
          .filter((name) => !Object.hasOwn(all, name))
          .map((name) => `networkPolicy.${section}.namespaces: ${name}`),
      );
    if (missing.length === 0) return pass('Every namespace that is named exists.');
    return warn('The NetworkPolicy names namespaces that do not exist.', {
      evidence: missing,
      remedies: [{ text: 'Name existing ones: kubectl get namespaces' }],
    });
  });
}
