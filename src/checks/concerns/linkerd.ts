import type { FactValue } from '../../cluster/facts/facts.ts';
import { controllerText, lookInto } from '../controllers.ts';
import { doorsOf } from '../doors.ts';
import { installGatewayApi, isLinkerdInjected, providerOf, withoutMesh } from '../mesh.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, warn, withFact } from '../verdicts.ts';

const installLinkerd: Remedy = {
  text: 'Install Linkerd.',
  command: [
    installGatewayApi.command,
    'linkerd install --crds | kubectl apply -f -',
    'linkerd install | kubectl apply -f -',
    'linkerd check',
  ].join('\n'),
};

/** Parts of Linkerd without which no pod gets a proxy, or no proxy its routes or certificate. */
const parts = ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector'];

const isThere = ({ served, controllers }: FactValue<'linkerd'>) => served && controllers.length > 0;
const notThere = skip('Linkerd is not installed (XV-520).');

/** Policies that refuse who is not in a mesh. Source: linkerd.io, "Authorization Policy". */
const meshOnly = ['all-authenticated', 'cluster-authenticated'];
const policyAnnotation = 'config.linkerd.io/default-inbound-policy';
const policyChange = (value: string) => [{ path: ['podAnnotations', policyAnnotation], value }];

/** Linkerd itself, and whom it lets in. */
export const linkerdChecks: readonly Check[] = [
  {
    id: 'XV-520',
    category: 'mesh',
    title: 'Linkerd is installed and running',
    why: 'Without its kinds helm stops at the ServiceProfile; without its control plane pods get no proxy, or the proxy no certificate, and the pod never becomes ready.',
    reads: 'the Linkerd kinds that are served; its Deployments in every namespace',
    rules: ['D45'],
    applies: ({ values }) => providerOf(values) === 'linkerd',
    needs: () => ['linkerd'],
    run: ({ facts }) => withFact(facts, 'linkerd', 'Linkerd', judgeLinkerd),
  },
  {
    id: 'XV-521',
    category: 'mesh',
    title: 'The chart and Linkerd agree on the cluster domain',
    why: 'Linkerd looks up a ServiceProfile by its Service’s full name. If the domain differs from Linkerd’s, its routes, retries and timeouts are ignored.',
    reads: 'clusterDomain in the values and in ConfigMap linkerd-config',
    rules: ['D61'],
    applies: ({ values, objects }) =>
      providerOf(values) === 'linkerd' && objects.some(({ kind }) => kind === 'ServiceProfile'),
    needs: () => ['linkerd'],
    run: ({ values, facts }) =>
      withFact(facts, 'linkerd', 'Linkerd', (linkerd) => {
        if (!isThere(linkerd)) return notThere;
        const evidence = [
          `clusterDomain: ${values.clusterDomain}`,
          `ConfigMap linkerd-config: clusterDomain: ${linkerd.clusterDomain}`,
        ];
        if (values.clusterDomain === linkerd.clusterDomain)
          return pass(`It is ${linkerd.clusterDomain}.`, { evidence });
        return fail('Linkerd would ignore the ServiceProfile: its domain differs.', {
          evidence,
          remedies: [
            {
              text: 'Use the cluster’s domain.',
              changes: [{ path: ['clusterDomain'], value: linkerd.clusterDomain }],
            },
          ],
        });
      }),
  },
  {
    id: 'XV-522',
    category: 'mesh',
    title: 'Linkerd lets callers in',
    why: 'A mesh policy can refuse callers that nothing allows, or callers outside the mesh. XERV is then unreachable, or unreachable from outside.',
    reads: 'defaultInboundPolicy in ConfigMap linkerd-config; podAnnotations; ways in from outside',
    rules: ['D51'],
    applies: ({ values }) => isLinkerdInjected(values),
    needs: () => ['linkerd'],
    run: (input) =>
      withFact(input.facts, 'linkerd', 'Linkerd', (linkerd) =>
        isThere(linkerd) ? judgePolicy(input, linkerd.defaultInboundPolicy) : notThere,
      ),
  },
];

function judgeLinkerd({ served, controllers }: FactValue<'linkerd'>): Verdict | readonly Verdict[] {
  if (!served)
    return fail('Linkerd is not installed.', {
      evidence: ['API groups linkerd.io and policy.linkerd.io: not served'],
      remedies: [installLinkerd, withoutMesh],
    });
  const missing = parts.filter((part) => !controllers.some(({ name }) => name === part));
  if (missing.length > 0)
    return fail('Linkerd’s kinds are installed, but its control plane is incomplete.', {
      evidence: missing.map((part) => `no Deployment ${part}`),
      remedies: [installLinkerd, withoutMesh],
    });
  return controllers.map((controller) => {
    const { name, ready, wanted } = controller;
    const evidence = [controllerText(controller)];
    const look: Remedy = { text: 'See why.', command: `${lookInto(controller)}\nlinkerd check` };
    if (ready === 0 && parts.includes(name))
      return fail(`${name} is not ready.`, { evidence, remedies: [look, withoutMesh] });
    if (ready < Math.max(1, wanted))
      return warn(`${name} is not fully ready.`, { evidence, remedies: [look] });
    return pass(`${name} is ready.`, { evidence });
  });
}

function judgePolicy({ values, objects }: CheckInput, ofMesh: string): Verdict {
  const own = values.podAnnotations[policyAnnotation];
  const policy = String(own ?? ofMesh);
  const evidence = [
    own === undefined
      ? `ConfigMap linkerd-config: proxy.defaultInboundPolicy: ${policy || 'not set'}`
      : `podAnnotations: ${policyAnnotation}: ${policy}`,
  ];
  if (policy === 'deny')
    return warn('Linkerd refuses every caller that none of your policies allows.', {
      evidence,
      remedies: [
        {
          text: 'Let in callers from this cluster’s mesh.',
          changes: policyChange('cluster-authenticated'),
        },
        { text: 'Or allow callers with a Linkerd Server and AuthorizationPolicy.' },
      ],
    });
  const doors = doorsOf(objects);
  if (meshOnly.includes(policy) && doors.length > 0)
    return warn('Linkerd refuses these requests, unless the caller in front is in the mesh.', {
      evidence: [...evidence, ...doors.map(({ text }) => text)],
      remedies: [
        {
          text: 'Accept connections from outside the mesh too.',
          changes: policyChange('all-unauthenticated'),
        },
      ],
    });
  return pass('Callers are let in.', { evidence });
}
