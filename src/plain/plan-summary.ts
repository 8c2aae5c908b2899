import {
  type ObjectAction,
  objectActions,
  type PlannedObject,
  type ReleasePlan,
} from '../release/plan/types.ts';
import type { Palette } from './palette.ts';

/**
 * What a user should see of a plan before agreeing: how many objects, which of them go or are
 * changed, what becomes of data, which pods restart.
 *
 * ```
 *  • Changed: StatefulSet/xerv, ConfigMap/xerv-config
 *  • Created: 2 Services, HorizontalPodAutoscaler
 *  ▲ Warning: Claim data is no longer used; kept with its data
 *  • StatefulSet/xerv: 5 pods to restart, 1 at a time, highest first
 * ```
 */
export function formatPlanSummary(
  { objects, data, disruption }: ReleasePlan,
  { signs, careful, bad }: Palette,
): string[] {
  const acts = objectActions.filter((action) => action !== 'unchanged' && action !== 'kept');
  const told = acts.flatMap((action) => {
    const own = objects.filter((object) => object.action === action);
    return own.length === 0 ? [] : [` ${signs.bullet} ${capitalise(action)}: ${list(action, own)}`];
  });
  return [
    ...(told.length === 0 ? [` ${signs.bullet} No object changes.`] : told),
    ...data
      .filter(({ fate }) => fate === 'deleted' || fate === 'kept')
      .map(({ claim, fate, message }) => {
        const style = fate === 'deleted' ? bad : careful;
        return ` ${style(`${signs.warning} Warning:`)} Claim ${claim}: ${message}`;
      }),
    ...disruption.map(({ workload, message }) => ` ${signs.bullet} ${workload}: ${message}`),
  ];
}

/** What is new is told by kind, everything else by name. */
function list(action: ObjectAction, objects: readonly PlannedObject[]): string {
  if (action !== 'created') return objects.map(({ object }) => object).join(', ');
  const kinds = new Map<string, number>();
  for (const { object } of objects) {
    const kind = object.slice(0, object.indexOf('/'));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}s`)).join(', ');
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
