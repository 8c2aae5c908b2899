import * as z from 'zod/mini';
import { getNode, type Tree } from '../../values/tree.ts';
import { type Workload, workload } from '../kinds.ts';
import type { Disruption, PlannedObject } from './types.ts';

const isWorkload = ({ object }: PlannedObject) => /^(StatefulSet|Deployment)\//.test(object);

/** Whether the template of its pods changes: controllers compare nothing else. */
export const changesPods = ({ changes }: PlannedObject): boolean =>
  changes.some(({ path }) => path.startsWith('spec.template'));

/**
 * Which pods stop or restart, and how many at a time. Pure.
 * @param states of a workload: as it is, and as the server would store it
 */
export function estimateDisruption(
  objects: readonly PlannedObject[],
  states: (object: string) => {
    readonly before?: Tree | undefined;
    readonly after?: Tree | undefined;
  },
): Disruption[] {
  return objects.filter(isWorkload).flatMap((planned): Disruption[] => {
    const { object, action } = planned;
    const { before, after } = states(object);
    const [live, wanted] = [before, after].map(read);
    const replicas = live?.spec.replicas ?? 1;
    if (action === 'removed' || action === 'replaced') {
      const message =
        action === 'removed'
          ? `its ${pods(replicas)} ${replicas === 1 ? 'stops' : 'stop'} for good`
          : `its ${pods(replicas)} would have to be replaced`;
      return [{ workload: object, restarts: replicas, atOnce: replicas, message }];
    }
    if (action !== 'changed' || !live) return [];
    const next = wanted?.spec.replicas ?? replicas;
    const scaled: Disruption[] =
      next < replicas
        ? [
            {
              workload: object,
              restarts: replicas - next,
              atOnce: replicas - next,
              message: `${pods(replicas - next)} to stop: ${replicas} replicas become ${next}`,
            },
          ]
        : [];
    return changesPods(planned)
      ? [...scaled, rolling(object, wanted ?? live, Math.min(replicas, next))]
      : scaled;
  });
}

function rolling(object: string, { spec }: Workload, count: number): Disruption {
  const told = (restarts: number, atOnce: number, message: string) => ({
    workload: object,
    restarts,
    atOnce,
    message,
  });
  if (object.startsWith('StatefulSet/')) {
    if (spec.updateStrategy?.type === 'OnDelete')
      return told(
        0,
        0,
        'no pod restarts on its own (OnDelete): each takes the change when deleted',
      );
    const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    const touched = Math.max(count - partition, 0);
    const atOnce = amount(spec, 'updateStrategy', 'maxUnavailable', count, 1);
    return told(touched, atOnce, `${pods(touched)} to restart, ${atOnce} at a time, highest first`);
  }
  if (spec.strategy?.type === 'Recreate')
    return told(
      count,
      count,
      `${pods(count)} to stop before the new ones start: XERV is down meanwhile`,
    );
  const surge = amount(spec, 'strategy', 'maxSurge', count, 0.25);
  const down = amount(spec, 'strategy', 'maxUnavailable', count, 0.25);
  return told(
    count,
    down,
    `${pods(count)} to be replaced, at most ${down} missing and ${surge} extra at a time`,
  );
}

/** A number or a share of the replicas; a surge is rounded up, what may be missing down. */
function amount(
  spec: Workload['spec'],
  strategy: 'strategy' | 'updateStrategy',
  name: 'maxSurge' | 'maxUnavailable',
  replicas: number,
  fallback: number,
): number {
  const set = getNode(spec as unknown as Tree, [strategy, 'rollingUpdate', name]);
  const share = typeof set === 'string' ? Number.parseFloat(set) / 100 : fallback;
  if (typeof set === 'number') return set;
  if (set === undefined && fallback >= 1) return fallback;
  return name === 'maxSurge' ? Math.ceil(share * replicas) : Math.floor(share * replicas);
}

const pods = (count: number) => `${count} ${count === 1 ? 'pod' : 'pods'}`;

function read(object: Tree | undefined): Workload | undefined {
  return object && z.safeParse(workload, object).data;
}
