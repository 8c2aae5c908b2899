import type { FactValue } from '../../cluster/facts/facts.ts';
import { getNode, type Tree } from '../../values/tree.ts';
import { pluralOf } from '../plural.ts';
import { meetsSelector } from '../selector-text.ts';
import type { Check, CheckInput, RenderedObject, Verdict } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';

type Webhook = FactValue<'webhooks'>[number];

/** Admission webhooks that must answer before anything of ours is made. */
export const webhookChecks: readonly Check[] = [
  {
    id: 'XV-107',
    category: 'cluster',
    title: 'Every required webhook can answer',
    why: 'The API server calls admission webhooks before it accepts an object. One with failurePolicy Fail and no backend blocks everything: helm stops, or the workload gets no pods.',
    reads:
      'mutating and validating webhook configurations that match the rendered objects, and the endpoints of their Services',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: () => ['webhooks'],
    run: ({ facts, objects, target }) =>
      withFact(facts, 'webhooks', 'the admission webhooks', (webhooks) => {
        const met = webhooks.filter(
          (webhook) =>
            webhook.failurePolicy === 'Fail' &&
            webhook.matchesNamespace !== false &&
            meets(webhook, objects),
        );
        const told = met.flatMap((webhook) => judgeWebhook(webhook, target.namespace));
        return told.length > 0 ? told : pass('None is in the way.');
      }),
  },
];

function judgeWebhook(webhook: Webhook, namespace: string): Verdict[] {
  const { configuration, name, mutating, service, reachable, caBundle, matchesNamespace } = webhook;
  const kind = mutating ? 'MutatingWebhookConfiguration' : 'ValidatingWebhookConfiguration';
  const evidence = [`${kind} ${configuration}: webhook ${name}, failurePolicy Fail`];
  const isService = !/^https?:/.test(service);
  // The dry run tells of a webhook that is somewhere else.
  if (!isService || (reachable === true && caBundle)) return [];
  if (reachable === null)
    return [
      unknown(`Could not see whether webhook ${name} has a backend.`, {
        evidence: [...evidence, `Service ${service}`],
      }),
    ];
  if (reachable === true)
    return [
      warn(`Webhook ${name} has no caBundle, so the API server cannot trust its answer.`, {
        evidence,
        remedies: [
          {
            text: 'See whether the controller that should set it is running.',
            command: describe(kind, configuration),
          },
        ],
      }),
    ];
  if (matchesNamespace === null)
    return [
      unknown(`Webhook ${name} has no backend; could not see whether it applies here.`, {
        evidence: [...evidence, `Service ${service}: no ready endpoint`],
      }),
    ];
  const [space, serviceName] = service.split('/');
  return [
    fail(`Webhook ${name}, which must admit these objects, has no backend.`, {
      evidence: [
        ...evidence,
        `Service ${service}: no ready endpoint`,
        `called for ${webhook.resources.join(', ')} in namespace ${namespace}`,
      ],
      remedies: [
        {
          text: 'See why its pods are not running.',
          command: `kubectl -n ${space} get endpointslices -l kubernetes.io/service-name=${serviceName}\nkubectl -n ${space} get pods`,
        },
        {
          text: 'Or, if what it belongs to is gone, delete it.',
          command: `kubectl delete ${kind.toLowerCase()} ${configuration}`,
        },
      ],
    }),
  ];
}

const describe = (kind: string, name: string) => `kubectl describe ${kind.toLowerCase()} ${name}`;

/** Whether it is asked about one of our objects, or about the pods that they lead to. */
function meets({ resources, objectSelector }: Webhook, objects: CheckInput['objects']): boolean {
  if (objects.length === 0) return objectSelector === '';
  return objects
    .flatMap(askedAbout)
    .some(
      ({ resource, labels }) =>
        resources.some((one) => isMeant(one, resource)) && meetsSelector(objectSelector, labels),
    );
}

interface Asked {
  /** `group/plural`. */
  readonly resource: string;
  readonly labels: Readonly<Record<string, string>>;
}

function askedAbout(object: RenderedObject): Asked[] {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const template = getNode(object as unknown as Tree, ['spec', 'template', 'metadata', 'labels']);
  const own = { resource: `${group}/${pluralOf(kind)}`, labels: metadata.labels };
  return template
    ? [own, { resource: '/pods', labels: template as Readonly<Record<string, string>> }]
    : [own];
}

function isMeant(rule: string, resource: string): boolean {
  // The rest may name a part of the object, such as pods/status, which nobody here changes.
  const [group, ...rest] = rule.split('/');
  const [ownGroup, ownPlural = ''] = resource.split('/');
  return (group === '*' || group === ownGroup) && ['*', '*/*', ownPlural].includes(rest.join('/'));
}
