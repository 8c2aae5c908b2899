import * as z from 'zod/mini';
import { listOf, mapOf } from '../objects/parts.ts';
import { type Expression, meetsExpression } from './node-rules.ts';

/** A label selector as the API writes it. */
export const labelSelector = z.pipe(
  z.optional(
    z.nullable(
      z.object({
        matchLabels: mapOf(z.string()),
        matchExpressions: listOf(
          z.object({ key: z.string(), operator: z.string(), values: listOf(z.string()) }),
        ),
      }),
    ),
  ),
  z.transform((selector): LabelSelector | null => selector ?? null),
);

/** Absent (null) it selects nothing, empty everything; fields may say otherwise. */
export interface LabelSelector {
  matchLabels: Record<string, string>;
  matchExpressions: { key: string; operator: string; values: string[] }[];
}

/** Labels as a selector asks for them. */
export interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly Expression[];
}

/**
 * Whether labels are selected; by an operator that is not known, they are not.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export function selects(
  { matchLabels, matchExpressions }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((expression) => meetsExpression(expression, labels))
  );
}

/** As kubectl writes selectors: `app=x,tier in (a,b),!old`; empty where everything is selected. */
export function selectorText(selector: LabelSelector | null): string {
  if (!selector) return '';
  const expressions = selector.matchExpressions.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  const labels = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...labels, ...expressions].join(',');
}

/** `?labelSelector=…` and, for one name in all namespaces, `?fieldSelector=metadata.name=…`. */
export const byLabels = (selector: string) => `?labelSelector=${encodeURIComponent(selector)}`;
export const byName = (name: string) =>
  `?fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
