/** How the scheduler reads labels and taints; no schemas, so that whoever only judges loads none. */

export interface Toleration {
  readonly key?: string | null | undefined;
  readonly operator?: string | null | undefined;
  readonly value?: string | null | undefined;
  readonly effect?: string | null | undefined;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

/** One of the alternatives of a node affinity. */
export interface NodeTerm {
  readonly matchExpressions: readonly Expression[];
  /** Of fields; Kubernetes knows metadata.name only. */
  readonly matchFields: readonly Expression[];
}

/** Source: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (!key) return operator === 'Exists';
  if (key !== taint.key) return false;
  return operator === 'Exists' || (value ?? '') === taint.value;
}

/** Whether any of the terms of a node affinity holds; one that says nothing never does. */
export function meetsTerms(
  terms: readonly NodeTerm[],
  { name, labels }: { readonly name: string; readonly labels: Labels },
): boolean {
  return terms.some(
    ({ matchExpressions, matchFields }) =>
      matchExpressions.length + matchFields.length > 0 &&
      matchExpressions.every((expression) => meetsExpression(expression, labels)) &&
      matchFields.every((expression) => meetsExpression(expression, { 'metadata.name': name })),
  );
}

/**
 * Whether labels meet one expression; by an operator that is not known, they do not.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#operators
 */
export function meetsExpression({ key, operator, values }: Expression, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}
