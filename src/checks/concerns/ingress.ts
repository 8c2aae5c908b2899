import { type Door, doorsOf } from '../doors.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { pass, warn, withFact } from '../verdicts.ts';

const hasDoor = (kind: Door['kind']) => (input: Pick<CheckInput, 'objects'>) =>
  doorsOf(input.objects).some((door) => door.kind === kind);

const off: Remedy = {
  text: 'Or turn it off.',
  changes: [{ path: ['ingress', 'enabled'], value: false }],
};

/** The Ingress, and who works on it. */
export const ingressChecks: readonly Check[] = [
  {
    id: 'XV-702',
    category: 'network',
    title: 'An ingress controller handles the Ingress',
    why: 'An Ingress with an unknown class is accepted without an error, but leads nowhere. The Kubernetes project’s ingress-nginx controller has received no fixes since March 2026.',
    reads: 'ingress.className; the IngressClasses and which of them is the default',
    rules: ['D78'],
    applies: hasDoor('Ingress'),
    needs: () => ['ingressClasses'],
    run: ({ facts, values }) =>
      withFact(facts, 'ingressClasses', 'the IngressClasses', (classes) => {
        const legacy = values.ingress.annotations['kubernetes.io/ingress.class'];
        const wanted = values.ingress.className || (legacy === undefined ? '' : String(legacy));
        const found = classes.find(({ name, isDefault }) => (wanted ? name === wanted : isDefault));
        const evidence = [
          `ingress.className: ${wanted || 'not set'}`,
          `IngressClasses: ${classes.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)).join(', ') || 'none'}`,
        ];
        if (!found)
          return warn(
            wanted
              ? `The cluster has no IngressClass ${wanted}, so the Ingress leads nowhere.`
              : 'No IngressClass is the default, so the Ingress leads nowhere.',
            {
              evidence,
              remedies: classes[0]
                ? [
                    {
                      text: `Use class ${classes[0].name}.`,
                      changes: [
                        { path: ['ingress', 'className'], value: classes[0].name },
                        ...(legacy === undefined
                          ? []
                          : [
                              {
                                path: ['ingress', 'annotations', 'kubernetes.io/ingress.class'],
                                value: undefined,
                              },
                            ]),
                      ],
                    },
                  ]
                : [{ text: 'Install an ingress controller.' }, off],
            },
          );
        if (found.controller === 'k8s.io/ingress-nginx')
          return warn('The ingress-nginx controller is no longer maintained.', {
            evidence: [...evidence, `IngressClass ${found.name}: ${found.controller}`],
            remedies: [
              { text: 'Move to another controller, or to a Gateway: httpRoute.parentRefs.' },
            ],
          });
        return pass(`Class ${found.name} belongs to ${found.controller}.`, { evidence });
      }),
  },
  {
    id: 'XV-703',
    category: 'network',
    title: 'The Ingress has its certificate',
    why: 'Without its Secret the controller serves its own certificate, which no client trusts.',
    reads: 'ingress.tls; the Secrets that it names; annotations of cert-manager',
    rules: ['D78'],
    applies: (input) => hasDoor('Ingress')(input) && tlsSecrets(input).length > 0,
    needs: () => ['secrets'],
    run: (input) => {
      const issuer = Object.keys(input.values.ingress.annotations).find((key) =>
        /^cert-manager\.io\/(cluster-)?issuer$/.test(key),
      );
      if (issuer) return pass(`cert-manager issues it (${issuer}).`);
      return withFact(input.facts, 'secrets', 'the Secrets', (secrets) => {
        const bad = tlsSecrets(input).filter((name) => {
          const keys = secrets[name]?.keys ?? [];
          return secrets[name] && !(keys.includes('tls.crt') && keys.includes('tls.key'));
        });
        const [first] = bad;
        if (first === undefined) return pass('It is.');
        return warn('The controller would serve a certificate that no client trusts.', {
          evidence: bad.map((name) =>
            secrets[name]?.exists
              ? `Secret ${name}: has no tls.crt and tls.key`
              : `Secret ${name}: does not exist`,
          ),
          remedies: [
            {
              text: 'Create the Secret from your certificate.',
              command: `kubectl -n ${input.target.namespace} create secret tls ${first} --cert=FILE --key=FILE`,
            },
            {
              text: 'Or let cert-manager issue it: ingress.annotations cert-manager.io/cluster-issuer.',
            },
          ],
        });
      });
    },
  },
];

function tlsSecrets({ values }: Pick<CheckInput, 'values'>): string[] {
  return values.ingress.tls.flatMap(({ secretName }) =>
    typeof secretName === 'string' && secretName !== '' ? [secretName] : [],
  );
}
