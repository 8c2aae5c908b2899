import type { ChangePlan } from '../types.ts';
import type { PlannedObject, PlanStep } from './types.ts';

/** What an apply does, in its order, and why in this order. Pure. */
export function planSteps(
  plan: Pick<
    ChangePlan,
    'action' | 'target' | 'createNamespace' | 'claimsToKeep' | 'secrets' | 'live' | 'timeoutSeconds'
  >,
  objects: readonly PlannedObject[],
  valuesFile: string | undefined,
): PlanStep[] {
  const { target, createNamespace, claimsToKeep, live } = plan;
  const secrets = plan.secrets.filter(({ exists }) => !exists).map(({ name }) => name);
  const steps: (PlanStep | false | undefined)[] = [
    valuesFile !== undefined && {
      step: `write the values to ${valuesFile}`,
      why: 'first, so that the install can be repeated whatever happens next',
    },
    createNamespace && {
      step: `create namespace ${target.namespace}`,
      why: 'everything else goes into it; helm never deletes it',
    },
    claimsToKeep.length > 0 && {
      step: `mark ${claimsToKeep.join(', ')} as to be kept`,
      why: 'before helm, which would delete the claims and their data',
    },
    switchesToRecreate(objects) && {
      step: 'set the live Deployment to Recreate',
      why: 'before helm 4, whose apply leaves rolling-update settings that conflict with it',
    },
    secrets.length > 0 && {
      step: `create Secret ${secrets.join(', ')}`,
      why: 'before the pods that read it',
    },
    {
      step: `helm ${plan.action === 'rollback' ? 'rollback' : 'upgrade --install'} ${target.release} (${tally(objects)})`,
      why: live ? `makes revision ${live.revision + 1}` : 'makes revision 1',
    },
    {
      step: `watch the pods for up to ${plan.timeoutSeconds} s`,
      why: 'helm does not wait for pods',
    },
    secrets.length > 0 &&
      live !== undefined && {
        step: 'delete our Secrets that no revision refers to',
        why: 'last, so that a rollback still has what it needs',
      },
  ];
  return steps.filter((step): step is PlanStep => typeof step === 'object');
}

function switchesToRecreate(objects: readonly PlannedObject[]): boolean {
  return objects.some(
    ({ object, changes }) =>
      object.startsWith('Deployment/') &&
      changes.some(({ path, after }) => path === 'spec.strategy.type' && after === 'Recreate'),
  );
}

/** "3 created, 1 removed"; what stays is left out. */
export function tally(objects: readonly PlannedObject[]): string {
  const counts = new Map<string, number>();
  for (const { action } of objects) counts.set(action, (counts.get(action) ?? 0) + 1);
  const told = [...counts].filter(([action]) => action !== 'unchanged' && action !== 'kept');
  return told.map(([action, count]) => `${count} ${action}`).join(', ') || 'no object changes';
}
