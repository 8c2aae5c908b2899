import type { FactValue } from '../../cluster/facts/facts.ts';
import { type Door, doorsOf } from '../doors.ts';
import { injectionOf } from '../istio-injector.ts';
import { isAmbient, isIstioInjected, providerOf } from '../mesh.ts';
import { hiddenUrl, outsideEndpoints } from '../outside.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, unknown, warn, withFact } from '../verdicts.ts';
import { isThere, notThere } from './istio.ts';

const istioPath = (...path: string[]) => ['serviceMesh', 'istio', ...path];

/** Whether Istio refuses plain connections to a port of our pods. */
function isStrict({ serviceMesh }: CheckInput['values'], port: number): boolean {
  const { peerAuthentication } = serviceMesh.istio;
  const own = peerAuthentication.portLevelMtls[String(port)]?.mode;
  return (own === undefined || own === 'UNSET' ? peerAuthentication.mtls : own) === 'STRICT';
}

const isMeshed = ({ values }: Pick<CheckInput, 'values'>) =>
  isIstioInjected(values) || isAmbient(values);

const permit = (port: number): Remedy => ({
  text: `Take plain connections at port ${port} too; who may call XERV is then up to others.`,
  changes: [
    {
      path: istioPath('peerAuthentication', 'portLevelMtls', String(port)),
      value: { mode: 'PERMISSIVE' },
    },
  ],
});

/** What Istio lets in and out, and how it routes. */
export const istioTrafficChecks: readonly Check[] = [
  {
    id: 'XV-504',
    category: 'mesh',
    title: 'Prometheus can read the metrics under STRICT',
    why: 'Under STRICT a Prometheus outside of the mesh cannot read XERV’s own port. The sidecar serves the metrics at port 15020 instead, unless the mesh has that turned off.',
    reads: 'enablePrometheusMerge of the mesh; serviceMesh.istio.peerAuthentication; metrics',
    rules: ['D50'],
    applies: ({ values }) =>
      isIstioInjected(values) &&
      values.metrics.enabled &&
      values.serviceMesh.istio.peerAuthentication.enabled &&
      isStrict(values, metricsPort(values)),
    needs: () => ['istio', 'namespace'],
    run: (input) =>
      withRevision(input, ({ revision, prometheusMerge, controller }) => {
        if (!controller)
          return unknown(
            `Whether the sidecar serves XERV's metrics could not be seen: revision ${revision} of Istio runs outside of this cluster.`,
          );
        const evidence = [
          `mesh of revision ${revision}: enablePrometheusMerge: ${prometheusMerge}`,
        ];
        if (prometheusMerge)
          return pass('The sidecar serves the metrics at port 15020.', { evidence });
        return warn('A Prometheus outside of the mesh cannot read the metrics.', {
          evidence,
          remedies: [
            {
              text: 'Let the sidecar serve them: meshConfig.enablePrometheusMerge of Istio.',
              command: 'istioctl install --set meshConfig.enablePrometheusMerge=true -y',
            },
            permit(metricsPort(input.values)),
          ],
        });
      }),
  },
  {
    id: 'XV-505',
    category: 'mesh',
    title: 'Clients from outside are not refused by STRICT',
    why: 'Under STRICT the pods take connections from the mesh only. A load balancer, a port of the nodes and an ingress controller without a sidecar are refused, and every request from outside fails.',
    reads:
      'serviceMesh.istio.peerAuthentication; the type of the Service; Ingress and HTTPRoute, their classes and who works on them',
    rules: ['D51'],
    applies: (input) =>
      isMeshed(input) &&
      input.values.serviceMesh.istio.peerAuthentication.enabled &&
      isStrict(input.values, input.values.server.apiPort),
    needs: ({ objects }) => {
      const kinds = doorsOf(objects).map(({ kind }) => kind);
      return [
        ...(kinds.includes('Ingress') ? (['ingressClasses'] as const) : []),
        ...(kinds.includes('HTTPRoute') ? (['gateways'] as const) : []),
      ];
    },
    run: (input) => {
      const doors = doorsOf(input.objects);
      const closed = doors.filter(({ kind }) => kind === 'Service');
      const remedies = [
        permit(input.values.server.apiPort),
        {
          text: 'Or publish the API through a gateway of Istio: serviceMesh.istio.virtualService.gateways and hosts.',
        },
      ];
      const mode = 'serviceMesh.istio.peerAuthentication.mtls: STRICT';
      if (closed.length > 0)
        return fail('STRICT refuses whoever comes from outside of the mesh.', {
          evidence: [mode, ...closed.map(({ text }) => text)],
          remedies,
        });
      const plain = doors.filter((door) => !isOfIstio(input, door));
      if (plain.length > 0)
        return warn('STRICT refuses the requests, unless the controller is in the mesh.', {
          evidence: [mode, ...plain.map(({ text }) => text)],
          remedies,
        });
      return pass('Nothing outside of the mesh leads to XERV.');
    },
  },
  {
    id: 'XV-507',
    category: 'mesh',
    title: 'The mesh lets XERV out to its servers',
    why: 'A mesh with REGISTRY_ONLY lets nothing out that is not registered. A backend or a collector outside of the cluster then needs a ServiceEntry, or XERV cannot reach it.',
    reads:
      'outboundTrafficPolicy of the mesh; serviceMesh.istio.serviceEntry; addresses in the values',
    rules: ['D53'],
    applies: ({ values }) =>
      isIstioInjected(values) &&
      (outsideEndpoints(values).length > 0 || hiddenUrl(values) !== undefined),
    needs: () => ['istio', 'namespace'],
    run: (input) =>
      withRevision(input, ({ revision, outboundPolicy }) =>
        judgeWayOut(input.values, revision, outboundPolicy),
      ),
  },
  {
    id: 'XV-508',
    category: 'mesh',
    title: 'Gateways know XERV by a host name',
    why: 'A gateway routes by host name. Without serviceMesh.istio.virtualService.hosts it knows XERV only by its name in the cluster, which nobody outside asks for.',
    reads: 'serviceMesh.istio.virtualService.gateways and hosts',
    rules: ['D54'],
    applies: ({ values }) => {
      const { enabled, gateways } = values.serviceMesh.istio.virtualService;
      return providerOf(values) === 'istio' && enabled && gateways.some((one) => one !== 'mesh');
    },
    needs: () => [],
    run: ({ values }) => {
      const { hosts, gateways } = values.serviceMesh.istio.virtualService;
      if (hosts.length > 0) return pass(`They know it as ${hosts.join(', ')}.`);
      return fail('The gateways are given no host name for XERV.', {
        evidence: [
          `serviceMesh.istio.virtualService.gateways: ${gateways.join(', ')}`,
          'serviceMesh.istio.virtualService.hosts: empty',
        ],
        remedies: [
          {
            text: 'Name the host: --set serviceMesh.istio.virtualService.hosts[0]=HOST, with a host of yours that the gateway has.',
          },
          {
            text: 'Or do not publish the API.',
            changes: [{ path: istioPath('virtualService', 'gateways'), value: [] }],
          },
        ],
      });
    },
  },
];

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

/** Judges on the revision that adds the sidecar; XV-502 tells where there is none. */
function withRevision(
  input: CheckInput,
  judge: (revision: FactValue<'istio'>['revisions'][number]) => Verdict,
): Verdict | readonly Verdict[] {
  return withFact(input.facts, 'istio', 'Istio', (istio) =>
    withFact(input.facts, 'namespace', 'the namespace', ({ labels }) => {
      if (!isThere(istio)) return notThere;
      const { revision } = injectionOf(input.values, labels, istio);
      return revision ? judge(revision) : skip('No control plane adds the sidecar (XV-502).');
    }),
  );
}

function judgeWayOut(
  values: CheckInput['values'],
  revision: string,
  outboundPolicy: string,
): Verdict {
  const outside = outsideEndpoints(values);
  const secret = hiddenUrl(values);
  const { enabled, hosts } = values.serviceMesh.istio.serviceEntry;
  const policy = `mesh of revision ${revision}: outboundTrafficPolicy.mode: ${outboundPolicy}`;
  const shut = enabled ? [] : outside;
  const evidence = [policy, ...shut.map(({ setting, host }) => `${setting}: ${host}`)];
  const isOpen = shut.length === 0 && (secret === undefined || (enabled && hosts.length > 0));
  if (isOpen) return pass('What the values name outside of the cluster has a ServiceEntry.');
  if (outboundPolicy === '')
    return unknown(`Whether revision ${revision} of Istio lets XERV out could not be seen.`);
  if (outboundPolicy !== 'REGISTRY_ONLY')
    return pass('The mesh lets traffic out.', { evidence: [policy] });
  const makeEntries: Remedy = {
    text: 'Have a ServiceEntry made for each.',
    changes: [{ path: istioPath('serviceEntry', 'enabled'), value: true }],
  };
  if (shut.length > 0)
    return warn('The mesh does not let XERV out to what the values name.', {
      evidence,
      remedies: [makeEntries],
    });
  return warn(`The mesh may not let XERV out to the server in Secret ${secret}.`, {
    evidence: [...evidence, 'serviceMesh.istio.serviceEntry.hosts: empty'],
    remedies: [
      {
        text: 'Where that server is outside of the cluster, name it in serviceMesh.istio.serviceEntry.hosts (host and port).',
        ...(enabled ? {} : { changes: makeEntries.changes ?? [] }),
      },
    ],
  });
}
