import { tally } from '../release/plan/steps.ts';
import type { FieldChange, PlannedObject, ReleasePlan } from '../release/plan/types.ts';
import type { Palette } from './palette.ts';
import { wrap } from './wrap.ts';

const signs: Readonly<Record<PlannedObject['action'], string>> = {
  created: '+',
  removed: '-',
  changed: '~',
  replaced: '!',
  kept: '=',
  unchanged: ' ',
  unknown: '?',
};

/**
 * A plan as lines: counts, objects, data, what restarts, steps.
 *
 * ```
 * Plan: 1 changed
 *   ~ StatefulSet/xerv
 *       spec.replicas: 3 -> 5
 * ```
 */
export function formatPlan(
  { objects, data, disruption, steps }: ReleasePlan,
  noEffect: readonly string[],
  { strong, bad, faint }: Palette,
): string[] {
  const shown = objects.filter(({ action }) => action !== 'unchanged');
  return [
    strong(`Plan: ${tally(objects)}`),
    ...shown.flatMap(({ object, action, changes, because }) => [
      `  ${signs[action]} ${object}${action === 'changed' ? '' : ` (${action})`}`,
      ...(because ? wrap(because, 6).map(faint) : []),
      ...changes.flatMap((change) => wrap(describeChange(change), 6)),
    ]),
    ...section('Data', data, ({ claim, size, fate, message }) => {
      const lines = wrap(`${claim}  ${size}  ${message}`, 2);
      return fate === 'deleted' ? lines.map(bad) : lines;
    }),
    ...section('Disruption', disruption, ({ workload, message }) =>
      wrap(`${workload}: ${message}`, 2),
    ),
    ...section('No effect', noEffect, (path) => wrap(`${path} changes no object`, 2)),
    ...section('Steps', steps, ({ step, why }, index) => [
      ...wrap(`${index + 1}. ${step}`, 2, 5),
      ...wrap(why, 5, 5).map(faint),
    ]),
  ].map((line) => line.trimEnd());
}

function section<T>(
  title: string,
  items: readonly T[],
  format: (item: T, index: number) => string[],
): string[] {
  return items.length === 0 ? [] : ['', `${title}:`, ...items.flatMap(format)];
}

function describeChange({ kind, path, before, after }: FieldChange): string {
  switch (kind) {
    case 'added':
      return `+ ${path}: ${cut(oneLine(after))}`;
    case 'removed':
      return `- ${path}: ${cut(oneLine(before))}`;
    case 'changed': {
      const [one, other] = [oneLine(before), oneLine(after)];
      const start = firstShown(one, other);
      return `${path}: ${cut(one, start)} -> ${cut(other, start)}`;
    }
  }
}

/** Long texts are cut to so many characters: a whole dashboard is not for a terminal. */
const longest = 60;
/** What is shown of two long texts before they differ. */
const alikeShown = 10;

function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('\n', ' ');
}

/** Where to begin with two texts: shortly before they differ, where the cut would hide that. */
function firstShown(one: string, other: string): number {
  let alike = 0;
  while (alike < one.length && one[alike] === other[alike]) alike += 1;
  const isHidden = Math.max(one.length, other.length) > longest && alike > longest / 2;
  return isHidden ? alike - alikeShown : 0;
}

function cut(line: string, start = 0): string {
  const shown = start > 0 ? `...${line.slice(start)}` : line;
  return shown.length > longest ? `${shown.slice(0, longest - 3)}...` : shown;
}
