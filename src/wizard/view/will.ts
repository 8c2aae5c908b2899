import type { ObjectAction, ReleasePlan } from '../../release/plan/types.ts';
import type { Reviewed } from '../state.ts';
import type { Line } from '../view.ts';

const verbs: Readonly<Record<ObjectAction, string | undefined>> = {
  created: 'create',
  changed: 'change',
  replaced: 'replace',
  removed: 'remove',
  unknown: 'perhaps change',
  kept: undefined,
  unchanged: undefined,
};

const tones: Readonly<Partial<Record<ObjectAction, Line['tone']>>> = {
  created: 'added',
  removed: 'removed',
  replaced: 'warn',
};

/** What a plan would do, a line for each kind of change. */
export function willLines({ plan, changesNothing }: Reviewed): readonly Line[] {
  if (!plan) return [{ text: 'write the values file; no cluster was seen', tone: 'plain' }];
  if (changesNothing) return [{ text: 'change nothing', tone: 'muted' }];
  return [...objectLines(plan), ...dataLines(plan), ...disruptionLines(plan)];
}

function objectLines({ objects }: ReleasePlan): readonly Line[] {
  return Object.entries(verbs).flatMap(([action, verb]): Line[] => {
    const own = objects.filter((object) => object.action === action).length;
    if (own === 0 || verb === undefined) return [];
    const tone = tones[action as ObjectAction] ?? 'plain';
    return [{ text: `${verb} ${own} ${own === 1 ? 'object' : 'objects'}`, tone }];
  });
}

function dataLines({ data }: ReleasePlan): readonly Line[] {
  return data.map(({ claim, size, fate, message }) => ({
    text: `claim ${claim}, ${size}: ${message}`,
    tone: fate === 'deleted' ? 'bad' : 'plain',
  }));
}

function disruptionLines({ disruption }: ReleasePlan): readonly Line[] {
  return disruption.map(({ workload, message }) => ({
    text: `${workload}: ${message}`,
    tone: 'warn',
  }));
}
