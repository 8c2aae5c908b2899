import type { ObjectAction, PlannedData, ReleasePlan } from '../../release/plan/types.ts';
import type { Reviewed } from '../plan.ts';
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

/**
 * What a plan would do, a line for each kind of change.
 * @param answersNow whether the cluster does; when the plan was made it may not have
 */
export function willLines(
  { plan, changesNothing }: Reviewed,
  answersNow: boolean,
): readonly Line[] {
  if (!plan)
    return answersNow
      ? [{ text: 'only write the values file; the cluster answers now: look again', tone: 'warn' }]
      : [{ text: 'write the values file; no cluster reached', tone: 'plain' }];
  if (changesNothing) return [{ text: 'change nothing', tone: 'muted' }];
  const lines = [
    ...lossLines(plan),
    ...besideHelm(plan),
    ...objectLines(plan),
    ...claimLines(plan),
    ...disruptionLines(plan),
  ];
  return lines.length > 0 ? lines : [{ text: 'apply the same again', tone: 'plain' }];
}

/** The namespace and Secrets: they are not among the objects, which are helm's. */
function besideHelm({ steps }: ReleasePlan): readonly Line[] {
  return steps
    .filter(({ step }) => step.startsWith('create '))
    .map(({ step }) => ({ text: step, tone: 'added' }));
}

function objectLines({ objects }: ReleasePlan): readonly Line[] {
  return Object.entries(verbs).flatMap(([action, verb]): Line[] => {
    const own = objects.filter((object) => object.action === action);
    if (own.length === 0 || verb === undefined) return [];
    const tone = tones[action as ObjectAction] ?? 'plain';
    const count = `${own.length} ${own.length === 1 ? 'object' : 'objects'}`;
    return [{ text: `${verb} ${count}: ${kindsOf(own)}`, tone }];
  });
}

/** "StatefulSet, 2 Services, ConfigMap" */
function kindsOf(objects: ReleasePlan['objects']): string {
  const kinds = objects.map(({ object }) => object.split('/')[0] ?? object);
  return [...new Set(kinds)]
    .map((kind) => {
      const count = kinds.filter((one) => one === kind).length;
      return count === 1 ? kind : `${count} ${kind}${/s$/.test(kind) ? 'es' : 's'}`;
    })
    .join(', ');
}

/** Data that goes: each claim by its name, before everything else. */
function lossLines({ data }: ReleasePlan): readonly Line[] {
  return data
    .filter(({ fate }) => fate === 'deleted')
    .map((one) => ({ text: claimText(one), tone: 'bad' }));
}

/** The other claims; those that are alike are counted. */
function claimLines({ data }: ReleasePlan): readonly Line[] {
  const groups = new Map<string, PlannedData[]>();
  for (const one of data.filter(({ fate }) => fate !== 'deleted')) {
    const key = JSON.stringify([one.fate, one.size, one.message]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group): Line[] => {
    const [first] = group;
    if (!first) return [];
    const { size, message } = first;
    const text =
      group.length === 1 ? claimText(first) : `${group.length} claims of ${size} each: ${message}`;
    return [{ text, tone: 'plain' }];
  });
}

function claimText({ claim, size, message }: PlannedData): string {
  return `claim ${claim}, ${size}: ${message}`;
}

function disruptionLines({ disruption }: ReleasePlan): readonly Line[] {
  return disruption.map(({ workload, message }) => ({
    text: `${workload}: ${message}`,
    tone: 'warn',
  }));
}
