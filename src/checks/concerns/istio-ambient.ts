import type { FactValue } from '../../cluster/facts/facts.ts';
import { isAmbient, isIstioInjected } from '../mesh.ts';
import type { Check, CheckInput, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';
import { installIstio, isThere, notThere } from './istio.ts';

/** Istio's mode without sidecars. */
export const istioAmbientChecks: readonly Check[] = [
  {
    id: 'XV-503',
    category: 'mesh',
    title: 'Ambient mode and sidecars do not mix',
    why: 'In ambient mode ztunnel carries the pods’ traffic. Without it they are in no mesh; a sidecar takes its pod out of ambient mode; and layer 7 rules (VirtualService, DestinationRule) have no effect without a waypoint.',
    reads:
      'DaemonSets ztunnel and istio-cni-node; labels istio.io/dataplane-mode and istio.io/use-waypoint of the namespace; service.labels',
    rules: ['D49'],
    applies: ({ values }) => isIstioInjected(values) || isAmbient(values),
    needs: () => ['istio', 'namespace'],
    run: (input) =>
      withFact(input.facts, 'istio', 'Istio', (istio) =>
        withFact(input.facts, 'namespace', 'the namespace', ({ labels }) =>
          isThere(istio) ? judgeAmbient(input, istio, labels) : notThere,
        ),
      ),
  },
];

function judgeAmbient(
  { values, target: { namespace } }: CheckInput,
  { ambient, cni }: FactValue<'istio'>,
  labels: Readonly<Record<string, string>>,
): Verdict | readonly Verdict[] {
  const wantsAmbient = isAmbient(values);
  const mode = labels['istio.io/dataplane-mode'];
  const ambientPath = ['serviceMesh', 'istio', 'ambient', 'enabled'];
  if (!wantsAmbient) {
    if (mode !== 'ambient') return pass('The pods get a sidecar, not ambient mode.');
    if (!ambient)
      return pass('The namespace asks for ambient mode, which this Istio does not have.', {
        evidence: [
          'label istio.io/dataplane-mode=ambient of the namespace',
          'no DaemonSet ztunnel',
        ],
      });
    return warn(`Namespace ${namespace} is in ambient mode, and the pods ask for a sidecar.`, {
      evidence: ['label istio.io/dataplane-mode=ambient of the namespace'],
      remedies: [
        {
          text: 'Use ambient mode, without a sidecar.',
          changes: [{ path: ambientPath, value: true }],
        },
      ],
    });
  }
  if (!ambient || !cni)
    return fail('The Istio of this cluster has no ambient mode, so the pods are in no mesh.', {
      evidence: [
        ...(ambient ? [] : ['no DaemonSet ztunnel']),
        ...(cni ? [] : ['no DaemonSet istio-cni-node']),
      ],
      remedies: [
        { ...installIstio('ambient'), text: 'Install Istio with ambient mode.' },
        { text: 'Or use sidecars.', changes: [{ path: ambientPath, value: false }] },
      ],
    });
  const label = 'istio.io/use-waypoint';
  const waypoint = values.service.labels[label] ?? labels[label] ?? 'none';
  const idle = (['virtualService', 'destinationRule'] as const).filter(
    (kind) => values.serviceMesh.istio[kind].enabled,
  );
  if (waypoint !== 'none' || idle.length === 0)
    return pass('ztunnel carries the traffic of the pods.', {
      evidence: waypoint === 'none' ? [] : [`waypoint ${waypoint}`],
    });
  return warn(`Without a waypoint ${idle.join(' and ')} have no effect.`, {
    evidence: [`neither service.labels nor namespace ${namespace} has ${label}`],
    remedies: [
      {
        text: 'Create a waypoint for the namespace.',
        command: `istioctl waypoint apply -n ${namespace} --enroll-namespace`,
      },
      {
        text: `Or turn ${idle.join(' and ')} off.`,
        changes: idle.map((kind) => ({
          path: ['serviceMesh', 'istio', kind, 'enabled'],
          value: false,
        })),
      },
    ],
  });
}
