import type { FactValue } from '../../cluster/facts/facts.ts';
import { injectionOf } from '../istio-injector.ts';
import { isIstioInjected, providerOf } from '../mesh.ts';
import { hiddenUrl, outsideEndpoints } from '../outside.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, unknown, warn, withFact } from '../verdicts.ts';
import { isThere, notThere } from './istio.ts';

export const istioPath = (...path: string[]) => ['serviceMesh', 'istio', ...path];

/** What Istio lets out, and how it routes. */
export const istioTrafficChecks: readonly Check[] = [
  {
    id: 'XV-507',
    category: 'mesh',
    title: 'The mesh lets XERV reach its servers',
    why: 'A mesh with REGISTRY_ONLY blocks traffic to unregistered hosts. A backend or collector outside the cluster then needs a ServiceEntry, or XERV cannot reach it.',
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
    title: 'Gateways route to XERV by a host name',
    why: 'A gateway routes by host name. Without serviceMesh.istio.virtualService.hosts it knows XERV only by its in-cluster name, which no outside client uses.',
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
      return fail('The gateways have no host name for XERV.', {
        evidence: [
          `serviceMesh.istio.virtualService.gateways: ${gateways.join(', ')}`,
          'serviceMesh.istio.virtualService.hosts: empty',
        ],
        remedies: [
          {
            text: 'Name the host: --set serviceMesh.istio.virtualService.hosts[0]=HOST, with one of your hosts that the gateway serves.',
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

/** Judges on the revision that adds the sidecar; XV-502 tells where there is none. */
export function withRevision(
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
  if (isOpen) return pass('Every server outside the cluster has a ServiceEntry.');
  if (outboundPolicy === '')
    return unknown(`Could not see whether revision ${revision} of Istio lets XERV’s traffic out.`);
  if (outboundPolicy !== 'REGISTRY_ONLY')
    return pass('The mesh lets traffic out.', { evidence: [policy] });
  const makeEntries: Remedy = {
    text: 'Create a ServiceEntry for each.',
    changes: [{ path: istioPath('serviceEntry', 'enabled'), value: true }],
  };
  if (shut.length > 0)
    return warn('The mesh blocks servers that the values name.', {
      evidence,
      remedies: [makeEntries],
    });
  return warn(`The mesh may block the server in Secret ${secret}.`, {
    evidence: [...evidence, 'serviceMesh.istio.serviceEntry.hosts: empty'],
    remedies: [
      {
        text: 'If that server is outside the cluster, name it in serviceMesh.istio.serviceEntry.hosts (host and port).',
        ...(enabled ? {} : { changes: makeEntries.changes ?? [] }),
      },
    ],
  });
}
