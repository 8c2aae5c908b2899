import { providerOf } from '../mesh.ts';
import type { Check, CheckInput } from '../types.ts';
import { fail, pass, skip, withFact } from '../verdicts.ts';

/** Groups whose objects know a Service by its full name; Linkerd's are XV-521's. */
const byFullName = ['networking.istio.io/', 'keda.sh/'];

/** Objects that name a Service with the domain of the values. */
const naming = ({ objects, values }: Pick<CheckInput, 'objects' | 'values'>) =>
  objects.filter(
    (object) =>
      byFullName.some((group) => object.apiVersion.startsWith(group)) &&
      JSON.stringify(object).includes(`.svc.${values.clusterDomain}`),
  );

/** The domain under which the cluster's DNS knows Services. */
export const domainChecks: readonly Check[] = [
  {
    id: 'XV-109',
    category: 'cluster',
    title: 'The values name the cluster’s DNS domain',
    why: 'Istio and KEDA know a Service by its full name. With the wrong domain, Istio rules match nothing, and KEDA finds no Redis or NATS.',
    reads: 'clusterDomain; the rendered objects of Istio and KEDA; the configuration of CoreDNS',
    rules: ['D61'],
    // Before anything is rendered the values tell, so that DNS is asked while helm renders.
    applies: (input) =>
      input.objects.length === 0
        ? providerOf(input.values) === 'istio' || input.values.keda.enabled
        : naming(input).length > 0,
    needs: () => ['domains'],
    run: (input) =>
      withFact(input.facts, 'domains', 'the configuration of CoreDNS', (domains) => {
        const { clusterDomain } = input.values;
        const [first] = domains;
        if (first === undefined) return skip('The cluster does not reveal its DNS domain.');
        const evidence = [
          `clusterDomain: ${clusterDomain}`,
          `CoreDNS, plugin kubernetes: ${domains.join(' ')}`,
        ];
        if (domains.includes(clusterDomain)) return pass(`It is ${clusterDomain}.`, { evidence });
        const names = naming(input).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
        return fail(`The cluster’s DNS domain is ${first}, not ${clusterDomain}.`, {
          evidence: [
            ...evidence,
            ...(names.length > 0 ? [`names of that domain in ${names.join(', ')}`] : []),
          ],
          remedies: [
            {
              text: 'Use the cluster’s domain.',
              changes: [{ path: ['clusterDomain'], value: first }],
            },
          ],
        });
      }),
  },
];
