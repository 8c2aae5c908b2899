import type { FactName, FactValue } from '../../cluster/facts/facts.ts';
import { isAmbient, isInjected, isIstioInjected, providerOf } from '../mesh.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, warn, withFact } from '../verdicts.ts';

const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** What holds for both meshes. */
export const meshChecks: readonly Check[] = [
  {
    id: 'XV-540',
    category: 'mesh',
    title: 'Only one mesh injects the pods',
    why: 'Two proxies in one pod capture each other’s connections, and nothing gets through.',
    reads:
      'labels and annotations of the namespace that ask for a proxy; podLabels, podAnnotations; Istio and Linkerd',
    rules: ['D46'],
    applies: ({ values }) => isInjected(values) || isAmbient(values),
    needs: ({ values }) => (providerOf(values) === 'istio' ? ['linkerd'] : ['istio', 'namespace']),
    run: (input) =>
      providerOf(input.values) === 'istio' ? besideIstio(input) : besideLinkerd(input),
  },
  {
    id: 'XV-541',
    category: 'mesh',
    title: 'The namespace admits the mesh’s init container',
    why: 'Without its CNI plugin a mesh adds an init container that needs NET_ADMIN. Pod Security levels baseline and restricted refuse such pods, and the workload gets none.',
    reads: `namespace label ${enforceLabel}; DaemonSet istio-cni-node or linkerd-cni`,
    rules: ['D57'],
    applies: ({ values }) => isInjected(values),
    needs: ({ values }) => [meshFact(values), 'namespace'],
    run: (input) => {
      const name = meshFact(input.values);
      return withFact(input.facts, 'namespace', 'the namespace', ({ labels }) =>
        withFact(input.facts, name, name === 'istio' ? 'Istio' : 'Linkerd', (mesh) =>
          judgePodSecurity(input, mesh, labels[enforceLabel] ?? 'privileged'),
        ),
      );
    },
  },
  {
    id: 'XV-542',
    category: 'mesh',
    title: 'Connections to NATS bypass the proxy',
    why: 'In NATS the server speaks first. A proxy that waits for the client’s first bytes to detect the protocol stalls, or delays every connection by seconds.',
    reads: 'serviceMesh.istio.injection.bypassNats, serviceMesh.linkerd.injection.bypassNats',
    rules: ['D52'],
    applies: ({ values }) => values.dispatch.backend === 'nats' && isInjected(values),
    needs: () => [],
    run: ({ values }) => {
      const provider = meshFact(values);
      if (values.serviceMesh[provider].injection.bypassNats) return pass('They do.');
      return warn(
        'Connections to NATS go through the proxy, which waits for the client to speak.',
        {
          evidence: [`serviceMesh.${provider}.injection.bypassNats: false`],
          remedies: [
            {
              text: 'Bypass the proxy.',
              changes: [
                { path: ['serviceMesh', provider, 'injection', 'bypassNats'], value: true },
              ],
            },
            {
              text:
                provider === 'istio'
                  ? 'Or set appProtocol: tcp on the NATS Service’s port.'
                  : 'Or annotate the NATS Service with config.linkerd.io/opaque-ports.',
            },
          ],
        },
      );
    },
  },
];

const meshFact = (values: CheckInput['values']): 'istio' | ('linkerd' & FactName) =>
  providerOf(values) === 'linkerd' ? 'linkerd' : 'istio';

function besideIstio({ values, facts, target }: CheckInput) {
  return withFact(facts, 'linkerd', 'Linkerd', ({ served, injectsNamespace }) => {
    const key = 'linkerd.io/inject';
    const own = values.podAnnotations[key];
    const takes =
      own === undefined ? injectsNamespace : ['enabled', 'ingress'].includes(String(own));
    if (!served || !takes) return pass('Linkerd injects no proxy.');
    const where =
      own === undefined
        ? `annotation ${key} of namespace ${target.namespace}`
        : `podAnnotations: ${key}: ${own}`;
    return twoMeshes('Linkerd', where, {
      text: 'Keep Linkerd out of these pods.',
      changes: [{ path: ['podAnnotations', key], value: 'disabled' }],
    });
  });
}

function besideLinkerd({ values, facts, target }: CheckInput) {
  return withFact(facts, 'istio', 'Istio', ({ injectsNamespace, ambient, revisions }) =>
    withFact(facts, 'namespace', 'the namespace', ({ labels }) => {
      const { podLabels } = values;
      const [toggle, rev] = ['sidecar.istio.io/inject', 'istio.io/rev'] as const;
      // What the namespace says of a revision goes before what the pods say.
      const isOpen = labels['istio-injection'] === undefined && labels[rev] === undefined;
      const asks = [toggle, rev].find((key) => podLabels[key] !== undefined);
      const byPods = isOpen && revisions.length > 0 && asks !== undefined;
      if ((injectsNamespace !== '' || byPods) && podLabels[toggle] !== 'false')
        return twoMeshes(
          'Istio',
          injectsNamespace === ''
            ? `podLabels: ${asks}: ${podLabels[asks ?? toggle]}`
            : `revision ${injectsNamespace} by labels of ${target.namespace}`,
          {
            text: 'Keep Istio out of these pods.',
            changes: [{ path: ['podLabels', toggle], value: 'false' }],
          },
        );
      const mode = 'istio.io/dataplane-mode';
      if (ambient && (podLabels[mode] ?? labels[mode]) === 'ambient')
        return twoMeshes('Istio', `label ${mode}=ambient of namespace ${target.namespace}`, {
          text: 'Keep Istio out of these pods.',
          changes: [{ path: ['podLabels', mode], value: 'none' }],
        });
      return pass('Istio injects no proxy.');
    }),
  );
}

function twoMeshes(other: 'Istio' | 'Linkerd', evidence: string, remedy: Remedy): Verdict {
  return fail(`${other} would inject the same pods.`, {
    evidence: [evidence],
    remedies: [remedy],
  });
}

function judgePodSecurity(
  { values, target: { namespace } }: CheckInput,
  mesh: FactValue<'istio'> | FactValue<'linkerd'>,
  level: string,
): Verdict {
  if (!mesh.served) return skip('The mesh is not installed.');
  const evidence = [`label ${enforceLabel} of namespace ${namespace}: ${level}`];
  if (level === 'privileged') return pass('The namespace admits such pods.', { evidence });
  if (mesh.cni) return pass('The mesh’s CNI plugin does it, outside the pods.');
  const isIstio = isIstioInjected(values);
  return fail(`Pod Security ${level} refuses the proxy’s init container.`, {
    evidence: [...evidence, isIstio ? 'no DaemonSet istio-cni-node' : 'no DaemonSet linkerd-cni'],
    remedies: [
      {
        text: 'Install the mesh’s CNI plugin.',
        command: isIstio
          ? 'istioctl install --set components.cni.enabled=true -y'
          : 'linkerd install-cni | kubectl apply -f -\nlinkerd upgrade --linkerd-cni-enabled | kubectl apply -f -',
      },
      {
        text: 'Or let the namespace admit such pods.',
        command: `kubectl label namespace ${namespace} ${enforceLabel}=privileged --overwrite`,
      },
      {
        text: 'Or run the pods without a proxy.',
        changes: [
          {
            path: ['serviceMesh', meshFact(values), 'injection', 'enabled'],
            value: false,
          },
        ],
      },
    ],
  });
}
