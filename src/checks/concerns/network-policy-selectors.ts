import type { FactValue } from '../../cluster/facts/facts.ts';
import { isTree } from '../../values/tree.ts';
import type { CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { pass, warn } from '../verdicts.ts';

/** The label that every namespace has, with its name. */
const nameLabel = 'kubernetes.io/metadata.name';

/** A namespaceSelector in a rule of the user's own. */
interface Selector {
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What is to be said of the namespaceSelectors by labels in the user's own rules. */
export function selectorFindings(
  values: CheckInput['values'],
  namespaces: FactValue<'namespaces'>,
): Verdict | readonly Verdict[] {
  const idle = selectorsOf(values).filter(
    ({ labels }) =>
      !Object.values(namespaces).some((own) =>
        Object.entries(labels).every(([key, value]) => own[key] === value),
      ),
  );
  if (idle.length === 0) return pass('Each of them does.');
  return idle.map((selector) =>
    warn(`No namespace has the label ${labelsText(selector.labels)}.`, {
      evidence: [selector.text],
      remedies: remediesOf(selector, namespaces),
    }),
  );
}

function selectorsOf({ networkPolicy }: CheckInput['values']): Selector[] {
  const sides = [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const;
  return sides.flatMap(([side, key]) =>
    networkPolicy[side].flatMap((rule, index) =>
      ((rule as Record<string, unknown[] | undefined>)[key] ?? []).flatMap((peer, place) => {
        const selector = isTree(peer) ? peer.namespaceSelector : undefined;
        const labels = isTree(selector) ? selector.matchLabels : undefined;
        // Expressions are the work of somebody who knows what they do.
        if (!isTree(labels) || Object.keys(labels).length === 0) return [];
        return [
          {
            path: ['networkPolicy', side, index, key, place, 'namespaceSelector', 'matchLabels'],
            text: `networkPolicy.${side}[${index}].${key}[${place}].namespaceSelector`,
            labels: Object.fromEntries(
              Object.entries(labels).map(([label, value]) => [label, String(value)]),
            ),
          },
        ];
      }),
    ),
  );
}

function remediesOf(
  { path, labels }: Selector,
  namespaces: FactValue<'namespaces'>,
): readonly Remedy[] {
  const { name, ...rest } = labels;
  if (name === undefined || !Object.hasOwn(namespaces, name))
    return [{ text: 'List the labels.', command: 'kubectl get namespaces --show-labels' }];
  const change: ValueChange = { path, value: { ...rest, [nameLabel]: name } };
  return [
    {
      text: 'Select it by the label that every namespace has, kubernetes.io/metadata.name.',
      changes: [change],
    },
    {
      text: 'Or label the namespace.',
      command: `kubectl label namespace ${name} ${labelsText(labels).replaceAll(',', ' ')}`,
    },
  ];
}

const labelsText = (labels: Selector['labels']) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
