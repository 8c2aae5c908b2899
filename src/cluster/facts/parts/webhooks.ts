import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalText, text } from '../../objects/parts.ts';
import { findResources, kindKey } from '../../resources.ts';
import type { Api } from '../../types.ts';
import type { FactContext, FactSubject } from '../gather.ts';
import { gathering, take } from '../gathering.ts';
import { readNamespaceMetadata } from '../namespace-object.ts';
import { createFactReader, type FactReader } from '../reader.ts';
import { labelSelector, selectorText, selects } from '../selectors.ts';
import { readReadyEndpoints } from '../service-object.ts';

const rule = z.object({
  apiGroups: listOf(z.string()),
  resources: listOf(z.string()),
  operations: listOf(z.string()),
  scope: optionalText,
});

const webhook = z.object({
  name: z.string(),
  failurePolicy: optionalText,
  sideEffects: optionalText,
  clientConfig: z.object({
    url: optionalText,
    caBundle: optionalText,
    service: z.optional(z.nullable(z.object({ namespace: text, name: text }))),
  }),
  rules: listOf(rule),
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  /** Further conditions, in a language of their own (CEL). */
  matchConditions: listOf(z.unknown()),
});
type Webhook = z.infer<typeof webhook>;

/** Of either kind. Its metadata tells of Istio's revisions, too. */
export const webhookConfiguration = z.object({
  metadata: objectMetadata,
  webhooks: listOf(webhook),
});

const configurations = '/apis/admissionregistration.k8s.io/v1';

export const readWebhookConfigurations = (reader: FactReader, kind: 'mutating' | 'validating') =>
  reader.list(`${configurations}/${kind}webhookconfigurations`, webhookConfiguration);

/** Asks for both kinds. */
export function foreseeWebhooks(api: Api, signal: AbortSignal): void {
  const reader = createFactReader(api, signal);
  void readWebhookConfigurations(reader, 'mutating');
  void readWebhookConfigurations(reader, 'validating');
}

/** Admission webhooks that are asked about objects such as ours, or about the pods they lead to. */
export const gatherWebhooks = gathering<'webhooks', FactSubject>(async (context) => {
  const { reader, subject } = context;
  const [mutating, validating, resources, namespace] = await Promise.all([
    readWebhookConfigurations(reader, 'mutating'),
    readWebhookConfigurations(reader, 'validating'),
    ourResources(context),
    readNamespaceMetadata(reader, subject.namespace),
  ]);
  const labels = namespace.ok ? namespace.value.labels : undefined;
  const met = [
    ...take(mutating).map((one) => ({ ...one, mutating: true })),
    ...take(validating).map((one) => ({ ...one, mutating: false })),
  ].flatMap(({ metadata, webhooks, mutating: isMutating }) =>
    webhooks
      .filter((one) => one.rules.some((rule) => isAsked(rule, resources)))
      .map((one) => ({ configuration: metadata.name, isMutating, one })),
  );
  return Promise.all(
    met.map(async ({ configuration, isMutating, one }) => {
      const matchesNamespace = matches(one, labels);
      const { service, url, caBundle } = one.clientConfig;
      return {
        configuration,
        name: one.name,
        mutating: isMutating,
        failurePolicy: one.failurePolicy ?? 'Fail',
        sideEffects: one.sideEffects ?? 'Unknown',
        service: service ? `${service.namespace}/${service.name}` : bareUrl(url ?? ''),
        reachable: matchesNamespace === false ? null : await isReachable(reader, one),
        resources: resourcesOf(one.rules),
        matchesNamespace,
        objectSelector: selectorText(one.objectSelector),
        caBundle: Boolean(caBundle),
      };
    }),
  );
});

/** `group/plural` of what is rendered, and of what Kubernetes makes of it; whether it has a namespace. */
type OurResources = ReadonlyMap<string, boolean>;

async function ourResources({ api, subject, signal }: FactContext): Promise<OurResources> {
  const found = await findResources(api, subject.kinds, signal);
  const rendered = subject.kinds.flatMap((kind) => {
    const resource = found.get(kindKey(kind));
    const group = kind.apiVersion.includes('/') ? kind.apiVersion.split('/')[0] : '';
    return resource ? [[`${group}/${resource.plural}`, resource.namespaced] as const] : [];
  });
  return new Map([...rendered, ['/pods', true]]);
}

/** Versions do not count: by default the API server converts objects to one that a rule names. */
function isAsked(
  { apiGroups, resources, operations, scope }: Webhook['rules'][number],
  ours: OurResources,
): boolean {
  if (!operations.some((one) => ['*', 'CREATE', 'UPDATE'].includes(one))) return false;
  return [...ours].some(([resource, isNamespaced]) => {
    const [group = '', plural = ''] = resource.split('/');
    return (
      (!scope || scope === '*' || scope === (isNamespaced ? 'Namespaced' : 'Cluster')) &&
      (apiGroups.includes('*') || apiGroups.includes(group)) &&
      resources.some((one) => one === '*' || one === '*/*' || one === plural)
    );
  });
}

/** Without what might let somebody in. */
function bareUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function resourcesOf(rules: Webhook['rules']): string[] {
  const all = rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );
  return [...new Set(all)];
}

/** An absent selector, and an empty one, match every namespace. */
function matches(
  { namespaceSelector, matchConditions }: Webhook,
  labels: Readonly<Record<string, string>> | undefined,
): boolean | null {
  // Conditions can only be more picky.
  const yes = matchConditions.length === 0 ? true : null;
  if (!namespaceSelector || selectorText(namespaceSelector) === '') return yes;
  if (!labels) return null;
  return selects(namespaceSelector, labels) ? yes : false;
}

async function isReachable(reader: FactReader, { clientConfig }: Webhook): Promise<boolean | null> {
  if (!clientConfig.service) return null;
  const ready = await readReadyEndpoints(reader, clientConfig.service);
  return ready.ok ? ready.value > 0 : null;
}
