import { type Door, doorsOf } from '../doors.ts';
import { installGatewayApi } from '../mesh.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';

const hasDoor = (kind: Door['kind']) => (input: Pick<CheckInput, 'objects'>) =>
  doorsOf(input.objects).some((door) => door.kind === kind);

const off = (section: 'ingress' | 'httpRoute'): Remedy => ({
  text: 'Or do without it.',
  changes: [{ path: [section, 'enabled'], value: false }],
});

/** Ingress and HTTPRoute, and who works on them. */
export const ingressChecks: readonly Check[] = [
  {
    id: 'XV-702',
    category: 'network',
    title: 'An ingress controller works on the Ingress',
    why: 'An Ingress whose class nobody has is taken without an error, and leads nowhere. The controller ingress-nginx of the Kubernetes project gets no more fixes since March 2026.',
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
                : [{ text: 'Install an ingress controller.' }, off('ingress')],
            },
          );
        if (found.controller === 'k8s.io/ingress-nginx')
          return warn('The controller ingress-nginx is no longer maintained.', {
            evidence: [...evidence, `IngressClass ${found.name}: ${found.controller}`],
            remedies: [
              { text: 'Move to another controller, or to a Gateway: httpRoute.parentRefs.' },
            ],
          });
        return pass(`Class ${found.name} is that of ${found.controller}.`, { evidence });
      }),
  },
  {
    id: 'XV-703',
    category: 'network',
    title: 'The certificate of the Ingress is there',
    why: 'Without its Secret the controller answers with a certificate of its own, which no client trusts.',
    reads: 'ingress.tls; the Secrets that it names; annotations of cert-manager',
    rules: ['D78'],
    applies: (input) => hasDoor('Ingress')(input) && tlsSecrets(input).length > 0,
    needs: () => ['secrets'],
    run: (input) => {
      const issuer = Object.keys(input.values.ingress.annotations).find((key) =>
        /^cert-manager\.io\/(cluster-)?issuer$/.test(key),
      );
      if (issuer) return pass(`cert-manager makes it (${issuer}).`);
      return withFact(input.facts, 'secrets', 'the Secrets', (secrets) => {
        const bad = tlsSecrets(input).filter((name) => {
          const keys = secrets[name]?.keys ?? [];
          return secrets[name] && !(keys.includes('tls.crt') && keys.includes('tls.key'));
        });
        const [first] = bad;
        if (first === undefined) return pass('It is.');
        return warn('The controller would answer with a certificate that no client trusts.', {
          evidence: bad.map((name) =>
            secrets[name]?.exists
              ? `Secret ${name}: has no tls.crt and tls.key`
              : `Secret ${name}: does not exist`,
          ),
          remedies: [
            {
              text: 'Make the Secret from your certificate.',
              command: `kubectl -n ${input.target.namespace} create secret tls ${first} --cert=FILE --key=FILE`,
            },
            {
              text: 'Or let cert-manager make it: ingress.annotations cert-manager.io/cluster-issuer.',
            },
          ],
        });
      });
    },
  },
  {
    id: 'XV-704',
    category: 'network',
    title: 'The HTTPRoute has its Gateway',
    why: 'Without the kinds of the Gateway API helm stops at the HTTPRoute. Without a Gateway, or with one that no controller works on, the route leads nowhere.',
    reads: 'httpRoute.parentRefs; the Gateway API, its Gateways and their classes',
    rules: [],
    applies: ({ values }) => values.httpRoute.enabled,
    needs: () => ['gateways'],
    run: (input) =>
      withFact(input.facts, 'gateways', 'the Gateways', (gateways) => {
        if (!gateways.served)
          return fail('The cluster has no Gateway API.', {
            evidence: ['API group gateway.networking.k8s.io: not served'],
            remedies: [installGatewayApi, off('httpRoute')],
          });
        const seen = gateways.gateways.map(({ namespace, name }) => `${namespace}/${name}`);
        const evidence = [`Gateways: ${seen.join(', ') || 'none'}`];
        const wanted = parentsOf(input);
        if (wanted.length === 0)
          return warn('The HTTPRoute names no Gateway, so it publishes nothing.', {
            evidence: ['httpRoute.parentRefs: empty', ...evidence],
            remedies: gateways.gateways[0]
              ? [
                  {
                    text: `Attach it to Gateway ${seen[0]}.`,
                    changes: [
                      {
                        path: ['httpRoute', 'parentRefs'],
                        value: [
                          {
                            name: gateways.gateways[0].name,
                            namespace: gateways.gateways[0].namespace,
                          },
                        ],
                      },
                    ],
                  },
                ]
              : [off('httpRoute')],
          });
        const missing = wanted.filter((name) => !seen.includes(name));
        if (missing.length > 0)
          return warn(`The cluster has no Gateway ${missing.join(', ')}.`, {
            evidence,
            remedies: [{ text: 'Name one that it has in httpRoute.parentRefs.' }],
          });
        const idle = gateways.gateways.filter(
          ({ namespace, name, class: of }) =>
            wanted.includes(`${namespace}/${name}`) &&
            !gateways.classes.some((one) => one.name === of && one.accepted),
        );
        if (idle.length > 0)
          return warn('No controller works on the Gateway.', {
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
        return pass(`It is attached to ${wanted.join(', ')}.`, { evidence });
      }),
  },
];

function tlsSecrets({ values }: Pick<CheckInput, 'values'>): string[] {
  return values.ingress.tls.flatMap(({ secretName }) =>
    typeof secretName === 'string' && secretName !== '' ? [secretName] : [],
  );
}

/** `namespace/name` of the Gateways that the route wants. */
function parentsOf({ values, target }: CheckInput): string[] {
  return values.httpRoute.parentRefs
    .filter(({ kind = 'Gateway' }) => kind === 'Gateway')
    .map(({ name, namespace }) => `${namespace ?? target.namespace}/${name}`);
}
