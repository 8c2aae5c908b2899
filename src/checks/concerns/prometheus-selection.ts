import type { FactValue } from '../../cluster/facts/facts.ts';
import { selectorText, selects } from '../../cluster/facts/selectors.ts';
import type { Path } from '../../values/tree.ts';
import type { CheckInput, Remedy, RenderedObject, Verdict } from '../types.ts';
import { pass, skip, unknown, warn, withFact } from '../verdicts.ts';

type Prometheus = FactValue<'prometheusOperator'>['prometheuses'][number];
type Selector = Prometheus['ruleSelector'];
type Labels = Readonly<Record<string, string>>;

/** Fields of a Prometheus that select a kind, and the values that its labels and namespace come from. */
const selected = {
  ServiceMonitor: {
    labels: 'serviceMonitorSelector',
    namespaces: 'serviceMonitorNamespaceSelector',
    section: ['metrics', 'serviceMonitor'],
  },
  PodMonitor: {
    labels: 'podMonitorSelector',
    namespaces: 'podMonitorNamespaceSelector',
    section: ['metrics', 'podMonitor'],
  },
  PrometheusRule: {
    labels: 'ruleSelector',
    namespaces: 'ruleNamespaceSelector',
    section: ['monitoring', 'alerts'],
  },
} as const;
type Kind = keyof typeof selected;

const isSelectable = (kind: string): kind is Kind => Object.hasOwn(selected, kind);
/** The chart's own; what users add as extraObjects has no such label. */
const isOurs = ({ metadata }: RenderedObject) => 'helm.sh/chart' in metadata.labels;

/** Whether a Prometheus takes each monitor and rule; see XV-603. */
export function judgeSelection(input: CheckInput): Verdict | readonly Verdict[] {
  return withFact(input.facts, 'prometheusOperator', 'the Prometheus objects', (operator) => {
    // XV-601 and XV-602 tell of it.
    if (!operator.served) return [];
    if (operator.prometheuses.length === 0)
      return operator.controllers.length === 0
        ? skip('There is no Prometheus object to check.')
        : warn('The Prometheus Operator runs no Prometheus: nothing reads monitors and alerts.', {
            evidence: ['Prometheus and PrometheusAgent objects: none'],
            remedies: [{ text: 'Create a Prometheus object that selects them.' }],
          });
    const objects = input.objects.filter((one) => isSelectable(one.kind) && isOurs(one));
    if (objects.length === 0) return skip('Nothing rendered is for Prometheus to select.');
    return objects.map((object) => judgeObject(object, operator.prometheuses, input));
  });
}

interface Candidate {
  readonly prometheus: Prometheus;
  readonly selector: Selector;
  /** Undefined where the labels of the namespace could not be seen. */
  readonly inNamespace: boolean | undefined;
  readonly hasLabels: boolean;
}

function judgeObject(
  object: RenderedObject,
  prometheuses: readonly Prometheus[],
  input: CheckInput,
): Verdict {
  const kind = object.kind as Kind;
  const namespace = object.metadata.namespace ?? input.target.namespace;
  const name = `${kind} ${namespace}/${object.metadata.name}`;
  const fields = selected[kind];
  // An agent only passes on what it collects.
  const able = prometheuses.filter((one) => kind !== 'PrometheusRule' || one.kind === 'Prometheus');
  const spaceLabels = labelsOfNamespace(namespace, input);
  const candidates = able.map((prometheus): Candidate => {
    const selector = prometheus[fields.labels];
    return {
      prometheus,
      selector,
      inNamespace: selectsNamespace(
        prometheus,
        prometheus[fields.namespaces],
        namespace,
        spaceLabels,
      ),
      hasLabels: selector !== null && selects(selector, object.metadata.labels),
    };
  });
  const taker = candidates.find(({ inNamespace, hasLabels }) => inNamespace && hasLabels);
  if (taker) return pass(`${nameOf(taker.prometheus)} selects ${name}.`);
  const evidence = [
    `${name}: labels ${labelText(object.metadata.labels)}`,
    ...candidates.map(({ prometheus, selector }) => {
      const spaces = prometheus[fields.namespaces];
      return `${nameOf(prometheus)}: ${fields.labels}: ${wordsOf(selector, 'nothing')}; ${fields.namespaces}: ${wordsOf(spaces, `only ${prometheus.namespace}`)}`;
    }),
  ];
  if (candidates.some(({ inNamespace, hasLabels }) => inNamespace === undefined && hasLabels))
    return unknown(
      `Could not read the labels of namespace ${namespace}, which decide whether ${name} is selected.`,
      {
        evidence,
      },
    );
  const remedies = remediesFor(candidates, object, namespace, kind);
  return warn(`No Prometheus selects ${name}: it is ignored.`, {
    evidence,
    remedies:
      remedies.length > 0
        ? remedies
        : [{ text: 'Ask the Prometheus owner to select its labels and namespace.' }],
  });
}

function remediesFor(
  candidates: readonly Candidate[],
  { metadata }: RenderedObject,
  namespace: string,
  kind: Kind,
): Remedy[] {
  const { section, namespaces } = selected[kind];
  for (const { prometheus, selector, inNamespace } of candidates) {
    const labels = selector && missingLabels(selector, metadata.labels);
    if (!labels) continue;
    const changes = Object.entries(labels).map(([key, value]) => ({
      path: [...section, 'labels', key] as Path,
      value,
    }));
    const who = nameOf(prometheus);
    if (inNamespace) return [{ text: `Give it the labels that ${who} selects.`, changes }];
    const spaces = prometheus[namespaces];
    if (spaces === null)
      return [
        {
          text: `Create it in namespace ${prometheus.namespace}, the only one where ${who} looks.`,
          changes: [{ path: [...section, 'namespace'], value: prometheus.namespace }, ...changes],
        },
      ];
    const needed = missingLabels(spaces, {});
    if (needed)
      return [
        {
          text: `Label the namespace, so that ${who} looks there.`,
          command: `kubectl label namespace ${namespace} ${Object.entries(needed)
            .map(([key, value]) => `${key}=${value}`)
            .join(' ')}`,
          ...(changes.length > 0 ? { changes } : {}),
        },
      ];
  }
  return [];
}

/** Labels to add so that a selector is met; undefined where none would do. */
function missingLabels(selector: NonNullable<Selector>, present: Labels): Labels | undefined {
  const wanted = Object.fromEntries([
    ...selector.matchExpressions.flatMap(({ key, operator, values }) => {
      if (operator === 'Exists') return [[key, 'true']];
      return operator === 'In' ? [[key, values[0] ?? '']] : [];
    }),
    ...Object.entries(selector.matchLabels),
  ]) as Record<string, string>;
  const added = Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => present[key] !== value && !meets(selector, key, present),
    ),
  );
  // What the chart labels by itself is not to be overridden.
  if (
    Object.keys(added).some(
      (key) => key in present && /^(helm\.sh|app\.kubernetes\.io)\//.test(key),
    )
  )
    return undefined;
  return selects(selector, { ...present, ...added }) ? added : undefined;
}

/** Whether the label that is there does already. */
function meets(selector: NonNullable<Selector>, key: string, present: Labels): boolean {
  return (
    key in present &&
    !(key in selector.matchLabels) &&
    selects(
      {
        matchLabels: {},
        matchExpressions: selector.matchExpressions.filter((one) => one.key === key),
      },
      present,
    )
  );
}

/** Source: the API reference of the Prometheus Operator: empty is all, absent is its own. */
function selectsNamespace(
  prometheus: Prometheus,
  selector: Selector,
  namespace: string,
  labels: Labels | undefined,
): boolean | undefined {
  if (selector === null) return namespace === prometheus.namespace;
  if (isEmpty(selector)) return true;
  return labels && selects(selector, labels);
}

function labelsOfNamespace(namespace: string, { facts, target }: CheckInput): Labels | undefined {
  // Every namespace gets this one from the API server.
  const own = { 'kubernetes.io/metadata.name': namespace };
  if (namespace === target.namespace)
    return facts.namespace?.state === 'known'
      ? { ...own, ...facts.namespace.value.labels }
      : undefined;
  return facts.namespaces?.state === 'known'
    ? { ...own, ...facts.namespaces.value[namespace] }
    : undefined;
}

const isEmpty = (selector: NonNullable<Selector>) =>
  selector.matchExpressions.length === 0 && Object.keys(selector.matchLabels).length === 0;

const nameOf = ({ kind, namespace, name }: Prometheus) => `${kind} ${namespace}/${name}`;

const labelText = (labels: Labels) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || 'none';

function wordsOf(selector: Selector, absent: string): string {
  if (selector === null) return absent;
  return isEmpty(selector) ? 'everything' : selectorText(selector);
}
