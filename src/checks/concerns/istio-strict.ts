import { type Door, doorsOf } from '../doors.ts';
import { isAmbient, isIstioInjected } from '../mesh.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';
import { istioPath, withRevision } from './istio-traffic.ts';

/** What the values say of plain connections to a port of our pods; undefined where they do not. */
function ownMode({ serviceMesh }: CheckInput['values'], port: number): string | undefined {
  const { enabled, mtls, portLevelMtls } = serviceMesh.istio.peerAuthentication;
  const said = [portLevelMtls[String(port)]?.mode, mtls].find(
    (mode) => mode !== undefined && mode !== 'UNSET',
  );
  return enabled ? said : undefined;
}

/** Whether plain connections to the port may be refused: by the values, or by what is live. */
const mayBeStrict = ({ values }: Pick<CheckInput, 'values'>, port: number) =>
  (ownMode(values, port) ?? 'STRICT') === 'STRICT';

/**
 * What refuses plain connections to a port, with what stands there.
 * @returns undefined where they are taken, null where that could not be seen
 */
function refuserOf({ values, facts }: CheckInput, port: number): string | undefined | null {
  const own = ownMode(values, port);
  if (own !== undefined)
    return own === 'STRICT' ? 'serviceMesh.istio.peerAuthentication.mtls: STRICT' : undefined;
  const peers = facts.istio?.state === 'known' ? facts.istio.value.peers : null;
  if (!peers) return null;
  return peers.mode === 'STRICT'
    ? `PeerAuthentication ${peers.source}: mtls mode STRICT`
    : undefined;
}

const isMeshed = ({ values }: Pick<CheckInput, 'values'>) =>
  isIstioInjected(values) || isAmbient(values);

const modeUnseen = unknown('Could not see whether the mesh accepts plaintext connections.', {
  evidence: ['serviceMesh.istio.peerAuthentication leaves this to the mesh'],
});

const permit = ({ serviceMesh }: CheckInput['values'], port: number): Remedy => ({
  text: `Accept plaintext connections on port ${port} too; access to XERV must then be controlled elsewhere.`,
  changes: [
    ...(serviceMesh.istio.peerAuthentication.enabled
      ? []
      : [
          { path: istioPath('peerAuthentication', 'enabled'), value: true },
          { path: istioPath('peerAuthentication', 'mtls'), value: 'UNSET' },
        ]),
    {
      path: istioPath('peerAuthentication', 'portLevelMtls', String(port)),
      value: { mode: 'PERMISSIVE' },
    },
  ],
});

/** Whom Istio refuses under STRICT. */
export const istioStrictChecks: readonly Check[] = [
  {
    id: 'XV-504',
    category: 'mesh',
    title: 'Prometheus can scrape the metrics under STRICT',
    why: 'Under STRICT a Prometheus outside the mesh cannot scrape XERV’s own port. The sidecar serves the metrics on port 15020 instead, unless the mesh turns that off.',
    reads:
      'enablePrometheusMerge of the mesh; serviceMesh.istio.peerAuthentication, and those of the namespace and the mesh; metrics; with ambient the namespaces of Prometheus',
    rules: ['D50'],
    applies: (input) =>
      isMeshed(input) &&
      input.values.metrics.enabled &&
      mayBeStrict(input, metricsPort(input.values)),
    needs: ({ values }) => [
      'istio',
      'namespace',
      ...(isAmbient(values) ? (['prometheusOperator', 'namespaces'] as const) : []),
    ],
    run: (input) => {
      const port = metricsPort(input.values);
      if (isAmbient(input.values)) return judgeAmbientScrape(input, port);
      return withRevision(input, ({ revision, prometheusMerge, controller }) => {
        if (refuserOf(input, port) === undefined)
          return pass('Plaintext connections are accepted, including those of Prometheus.');
        if (!controller)
          return unknown(
            `Could not see whether the sidecar serves XERV's metrics: revision ${revision} of Istio runs outside this cluster.`,
          );
        const evidence = [
          `mesh of revision ${revision}: enablePrometheusMerge: ${prometheusMerge}`,
        ];
        if (prometheusMerge)
          return pass('The sidecar serves the metrics on port 15020.', { evidence });
        if (refuserOf(input, port) === null) return modeUnseen;
        return warn('A Prometheus outside the mesh cannot scrape the metrics.', {
          evidence,
          remedies: [
            {
              text: 'Let the sidecar serve them: meshConfig.enablePrometheusMerge of Istio.',
              command: 'istioctl install --set meshConfig.enablePrometheusMerge=true -y',
            },
            permit(input.values, port),
          ],
        });
      });
    },
  },
  {
    id: 'XV-505',
    category: 'mesh',
    title: 'STRICT does not refuse clients from outside',
    why: 'Under STRICT the pods accept connections from the mesh only. Load balancers, node ports and ingress controllers without a sidecar are refused, and every request from outside fails.',
    reads:
      'serviceMesh.istio.peerAuthentication, and those of the namespace and the mesh; the Service type; Ingress and HTTPRoute, their classes and controllers',
    rules: ['D51'],
    applies: (input) => isMeshed(input) && mayBeStrict(input, input.values.server.apiPort),
    needs: ({ objects, values }) => {
      const kinds = doorsOf(objects).map(({ kind }) => kind);
      return [
        ...(ownMode(values, values.server.apiPort) === undefined ? (['istio'] as const) : []),
        ...(kinds.includes('Ingress') ? (['ingressClasses'] as const) : []),
        ...(kinds.includes('HTTPRoute') ? (['gateways'] as const) : []),
      ];
    },
    run: (input) => {
      const doors = doorsOf(input.objects);
      if (doors.length === 0) return pass('Nothing outside the mesh leads to XERV.');
      const mode = refuserOf(input, input.values.server.apiPort);
      if (mode === undefined) return pass('Plaintext connections are accepted.');
      if (mode === null) return modeUnseen;
      const closed = doors.filter(({ kind }) => kind === 'Service');
      const remedies = [
        permit(input.values, input.values.server.apiPort),
        {
          text: 'Or publish the API through a gateway of Istio: serviceMesh.istio.virtualService.gateways and hosts.',
        },
      ];
      if (closed.length > 0)
        return fail('STRICT refuses every client outside the mesh.', {
          evidence: [mode, ...closed.map(({ text }) => text)],
          remedies,
        });
      const plain = doors.filter((door) => !isOfIstio(input, door));
      if (plain.length > 0)
        return warn('STRICT refuses the requests, unless the controller is in the mesh.', {
          evidence: [mode, ...plain.map(({ text }) => text)],
          remedies,
        });
      return pass('Nothing outside the mesh leads to XERV.');
    },
  },
];

/** Without a sidecar nobody serves the metrics beside XERV: Prometheus has to be in the mesh. */
function judgeAmbientScrape(input: CheckInput, port: number): Verdict | readonly Verdict[] {
  const mode = refuserOf(input, port);
  if (mode === undefined)
    return pass('Plaintext connections are accepted, including those of Prometheus.');
  return withFact(input.facts, 'prometheusOperator', 'the Prometheus objects', ({ prometheuses }) =>
    withFact(input.facts, 'namespaces', 'the namespaces', (namespaces) => {
      const spaces = [...new Set(prometheuses.map(({ namespace }) => namespace))];
      const label = 'istio.io/dataplane-mode';
      const outside = spaces.filter((name) => namespaces[name]?.[label] !== 'ambient');
      if (spaces.length > 0 && outside.length === 0)
        return pass('Prometheus is in the mesh.', {
          evidence: spaces.map((name) => `namespace ${name}: ${label}: ambient`),
        });
      if (mode === null) return modeUnseen;
      return warn('A Prometheus outside the mesh cannot scrape the metrics.', {
        evidence: [mode, ...outside.map((name) => `namespace ${name}: no label ${label}=ambient`)],
        remedies: [
          permit(input.values, port),
          ...outside.map((name) => ({
            text: 'Or add Prometheus to the mesh.',
            command: `kubectl label namespace ${name} ${label}=ambient`,
          })),
        ],
      });
    }),
  );
}

function metricsPort({ metrics, server }: CheckInput['values']): number {
  return metrics.onApiPort ? server.apiPort : metrics.port;
}

function isOfIstio({ facts }: CheckInput, { kind, object }: Door): boolean {
  if (kind === 'VirtualService') return true;
  const spec = object.spec as {
    ingressClassName?: string;
    parentRefs?: { name: string; namespace?: string }[];
  };
  if (kind === 'Ingress') {
    const classes = facts.ingressClasses?.state === 'known' ? facts.ingressClasses.value : [];
    const own = classes.find(({ name, isDefault }) =>
      spec.ingressClassName ? name === spec.ingressClassName : isDefault,
    );
    return own?.controller.startsWith('istio.io/') ?? false;
  }
  const seen = facts.gateways?.state === 'known' ? facts.gateways.value : undefined;
  return (spec.parentRefs ?? []).every((parent) => {
    const namespace = parent.namespace ?? object.metadata.namespace;
    const gateway = seen?.gateways.find(
      (one) => one.name === parent.name && (namespace === undefined || one.namespace === namespace),
    );
    const controller = seen?.classes.find(({ name }) => name === gateway?.class)?.controller;
    return controller?.startsWith('istio.io/') ?? false;
  });
}
