import { tally } from '../release/plan/steps.ts';
import type { FieldChange, PlannedObject, ReleasePlan } from '../release/plan/types.ts';
import type { Palette } from './palette.ts';

/** As wide as the narrowest usual terminal. */
const width = 80;

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
      ...wrap(`${index + 1}. ${step}`, 2),
      ...wrap(why, 5).map(faint),
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
      return `+ ${path}: ${show(after)}`;
    case 'removed':
      return `- ${path}: ${show(before)}`;
    case 'changed':
      return `${path}: ${show(before)} -> ${show(after)}`;
  }
}

/** Long texts are cut: a whole dashboard or rule file is not for a terminal. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll('\n', ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** Lines of at most 80 columns; a word that is longer is broken. */
function wrap(text: string, indent: number): string[] {
  const room = width - indent - 2;
  const words = text
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'g')) ?? []);
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, index) => ' '.repeat(index === 0 ? indent : indent + 2) + one);
}
