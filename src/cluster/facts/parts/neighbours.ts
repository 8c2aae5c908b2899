import * as z from 'zod/mini';
import { inParallel } from '../../in-parallel.ts';
import { objectMetadata, optionalText } from '../../objects/parts.ts';
import type { FactValue } from '../facts.ts';
import type { FactContext } from '../gather.ts';
import { canBeAsked, isOfAll, type PodRule, ruleText } from '../pod-rule.ts';
import { byLabels, selectorText } from '../selectors.ts';

type Neighbours = NonNullable<FactValue<'nodes'>['neighbours']>;

/** Pods of one question: of a rule that is about more it is not known where all of them are. */
const mostPods = 500;

/** A pod, and the node that it is on. */
export const placedPod = z.object({
  metadata: objectMetadata,
  spec: z.object({ nodeName: optionalText }),
});

/**
 * The nodes of those pods that required rules of ours are about; pods of this release left out. A
 * question for each rule, two where it selects namespaces, whatever the cluster holds; a rule that could
 * not be answered is left out.
 */
export async function findNeighbours(context: FactContext): Promise<Neighbours> {
  const rules = new Map(
    context.subject.rules.filter(canBeAsked).map((rule) => [ruleText(rule), rule]),
  );
  const found = await inParallel([...rules], 5, ([text, rule]) => ask(context, text, rule));
  return found.filter((one) => one !== undefined);
}

async function ask(
  context: FactContext,
  text: string,
  rule: PodRule,
): Promise<Neighbours[number] | undefined> {
  const { api, subject, signal } = context;
  const query = new URLSearchParams({
    labelSelector: selectorText(rule.labelSelector),
    fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
    resourceVersion: '0',
  });
  const spaces = await namespacesOf(context, rule);
  if (!spaces) return undefined;
  const paths =
    spaces === 'all' || spaces.length > mostNamespaces
      ? ['/api/v1/pods']
      : spaces.map((name) => `/api/v1/namespaces/${encodeURIComponent(name)}/pods`);
  const pages = await Promise.all(
    paths.map((path) =>
      api.page(`${path}?${query}`, placedPod, { limit: mostPods, token: undefined }, signal),
    ),
  );
  const isMeant = ({ namespace = '' }: { readonly namespace?: string | undefined }) =>
    spaces === 'all' || spaces.includes(namespace);
  const nodes: string[] = [];
  let complete = true;
  for (const page of pages) {
    if (!page.ok) return undefined;
    complete &&= !page.value.next;
    for (const { metadata, spec } of page.value.items)
      if (spec.nodeName && isMeant(metadata) && !isOfRelease(metadata, subject))
        nodes.push(spec.nodeName);
  }
  return { rule: text, nodes: [...new Set(nodes)].sort(), complete };
}

/** Namespaces that are asked one by one; of more, all pods are asked for. */
const mostNamespaces = 5;

/** The namespaces that a rule is about; undefined where those that it selects cannot be seen. */
async function namespacesOf(
  { reader, subject }: FactContext,
  rule: PodRule,
): Promise<readonly string[] | 'all' | undefined> {
  if (isOfAll(rule)) return 'all';
  if (rule.namespaceSelector === null)
    return rule.namespaces.length > 0 ? rule.namespaces : [subject.namespace];
  const found = await reader.listMetadata(
    `/api/v1/namespaces${byLabels(selectorText(rule.namespaceSelector))}`,
  );
  if (!found.ok) return undefined;
  return [...new Set([...rule.namespaces, ...found.value.map(({ name }) => name)])];
}

/** Whether a pod is of this release: it goes, or is counted as our own. */
export function isOfRelease(
  {
    namespace,
    labels,
  }: {
    readonly namespace?: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
  },
  subject: { readonly namespace: string; readonly release: string },
): boolean {
  return (
    namespace === subject.namespace && labels['app.kubernetes.io/instance'] === subject.release
  );
}
