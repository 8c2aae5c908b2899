import type { Problem } from '../../errors.ts';
import { ownCommand } from '../command-text.ts';
import type { LiveObject } from '../plan/objects.ts';
import { isSameObject, lastChange } from './fingerprint.ts';
import type { PlanBinding, PlanFile } from './schema.ts';

/** What is now, in the terms of a saved plan. */
export interface Present {
  readonly binding: PlanBinding;
  readonly liveObjects: ReadonlyMap<string, LiveObject>;
  /** Version of this program. */
  readonly program: string;
}

/** Whether two identities of clusters can be the same: what could be read decides their kind. */
function isSameCluster(one: PlanBinding['target'], other: PlanBinding['target']): boolean {
  const isHash = (identity: string) => identity.startsWith('ca:');
  if (isHash(one.identity) === isHash(other.identity)) return one.identity === other.identity;
  return one.server === other.server;
}

/**
 * Why a saved plan is about something else than what an invocation is about: another cluster,
 * namespace or release. Nothing else needs to be compared then. Empty where it is not. Pure.
 */
export function otherTarget(saved: PlanFile, target: PlanBinding['target']): Problem[] {
  const planned = saved.binding.target;
  const others = (['namespace', 'release'] as const).filter(
    (name) => planned[name] !== target[name],
  );
  return [
    ...(isSameCluster(planned, target) ? [] : [otherCluster(planned, target)]),
    ...others.map((name) => ({
      message: `The plan is for ${name} ${planned[name]}, this is ${target[name]}.`,
      next: `Give --${name} ${planned[name]}, or make a plan for this ${name}.`,
    })),
  ];
}

function otherCluster(planned: PlanBinding['target'], target: PlanBinding['target']): Problem {
  const { context, server } = planned;
  if (context === target.context && server === target.server)
    return {
      message: `The plan is for the cluster that used to be at ${server}; another one is there now.`,
      next: 'Make a plan for this cluster.',
    };
  const way =
    context === target.context
      ? `Context ${context} now leads to another cluster: use --kubeconfig to name the kubeconfig where it leads to ${server}`
      : `Give --context ${context}`;
  return {
    message: `The plan is for cluster ${context} (${server}), this is ${target.context} (${target.server}).`,
    next: `${way}, or make a plan for this cluster.`,
  };
}

/**
 * What is no longer as it was when a plan was saved. Empty where the plan still holds. Pure.
 */
export function findDrift(saved: PlanFile, { binding, liveObjects, program }: Present): Problem[] {
  const was = saved.binding;
  const problems: Problem[] = [];
  const drifted = (message: string, why?: string) =>
    problems.push({ message, ...(why === undefined ? {} : { why }) });
  const isOtherChart = was.chart.digest !== binding.chart.digest;
  if (isOtherChart)
    drifted(
      `The chart ${was.chart.reference} has changed since.`,
      saved.madeBy === program
        ? undefined
        : `create-xerv-deploy ${saved.madeBy} made the plan; this is ${program}.`,
    );
  if (was.helmMajor !== binding.helmMajor)
    drifted(
      `The plan was made with helm ${was.helmMajor}, this is helm ${binding.helmMajor}.`,
      'They merge changes into live objects in different ways.',
    );
  const isOtherVersion = was.kubernetes !== binding.kubernetes;
  if (isOtherVersion)
    drifted(`The cluster ran Kubernetes ${was.kubernetes}, now it runs ${binding.kubernetes}.`);
  if (was.namespace !== binding.namespace)
    drifted(
      `Namespace ${was.target.namespace} was ${was.namespace}, now it is ${binding.namespace}.`,
    );
  problems.push(...releaseDrift(was, binding));
  if (was.manifest !== binding.manifest && !isOtherChart && !isOtherVersion)
    drifted(
      'The chart renders different objects than when the plan was made.',
      'The cluster serves different APIs now, or the chart generates something new each time.',
    );
  problems.push(...objectDrift(saved, binding, liveObjects));
  const last = problems.at(-1);
  if (!last) return [];
  const { namespace, release } = was.target;
  const again = ownCommand({ context: '', namespace, release }, 'plan', '--out', 'FILE');
  return [...problems.slice(0, -1), { ...last, next: `Look at a new plan: ${again} …` }];
}

function releaseDrift(was: PlanBinding, is: PlanBinding): Problem[] {
  const name = was.target.release;
  const describe = ({ release }: PlanBinding) =>
    release ? `at revision ${release.revision} (${release.status})` : 'not installed';
  if (describe(was) === describe(is)) return [];
  return [{ message: `Release ${name} was ${describe(was)}, now it is ${describe(is)}.` }];
}

function objectDrift(
  { binding: was, madeAt }: PlanFile,
  is: PlanBinding,
  liveObjects: ReadonlyMap<string, LiveObject>,
): Problem[] {
  const names = [...new Set([...Object.keys(was.objects), ...Object.keys(is.objects)])].sort();
  return names.flatMap((name): Problem[] => {
    const before = was.objects[name];
    const now = is.objects[name];
    // Objects that only one of them is about: chart, values or release differ, and that is told.
    if (before === undefined || now === undefined) return [];
    if (before === null || now === null) {
      if (before === now) return [];
      const what = before === null ? 'did not exist; now it does' : 'existed; it is gone now';
      return [{ message: `${name} ${what}.` }];
    }
    if (isSameObject(before, now)) return [];
    if (before.uid !== now.uid) return [{ message: `${name} was deleted and recreated.` }];
    const live = liveObjects.get(name);
    const who = live?.state === 'present' ? lastChange(live.object, madeAt) : undefined;
    return [{ message: `${name} was changed since${who ? `: ${who}` : ''}.` }];
  });
}
