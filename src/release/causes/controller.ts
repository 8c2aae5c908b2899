import { kubectlCommand, ownCommand } from '../command-text.ts';
import type { Workload } from '../kinds.ts';
import { isObserved, lacksPods, makerOf, type WorkloadSnapshot } from '../snapshot.ts';
import {
  type CauseContext,
  eventsOf,
  eventTime,
  oneLine,
  quoteEvent,
  type Suspicion,
} from './suspicion.ts';

/** A workload that was deleted, and pods that the API server does not let a controller create. */
export function findControllerCauses(
  workload: WorkloadSnapshot,
  context: CauseContext,
): Suspicion[] {
  const { live, kind, name } = workload;
  if (!live) return [findGone(workload, context)];
  if (!isObserved(live)) return [];
  const maker = makerOf(workload);
  if (!maker || !lacksPods(workload)) return [];
  // Events live for an hour: older ones speak of an earlier specification.
  const since = specificationTime(live);
  const events = eventsOf(context.snapshot, maker.metadata, /^FailedCreate$/).filter(
    (event) => eventTime(event) >= since,
  );
  const failure = live.status?.conditions?.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  const newest = events.at(-1);
  const said = oneLine(newest?.message ?? failure?.message);
  if (!said) return [];
  const { settles, why, next } = classify(said);
  return [
    {
      key: `${live.metadata.uid}/refused`,
      group: `refused ${name}`,
      settles,
      diagnosis: {
        cause: 'pods-refused',
        object: `${kind} ${name}`,
        message: `the cluster refuses pods of ${name}: ${why}`,
        evidence: [newest ? quoteEvent(newest) : said].map(context.redact),
        next:
          next ??
          `See what the server reports: ${kubectlCommand(context.target, 'describe', kind.toLowerCase(), name)}`,
      },
    },
  ];
}

/** helm has applied it: what is not there now was deleted since, alone or with its namespace. */
function findGone({ kind, name }: WorkloadSnapshot, { target }: CauseContext): Suspicion {
  return {
    key: `${kind}/${name}/gone`,
    group: `gone ${name}`,
    settles: 'gone',
    diagnosis: {
      cause: 'gone',
      object: `${kind} ${name}`,
      message: `${kind} ${name} is gone: it or its namespace was deleted`,
      evidence: [`${kind} ${name}: not found in namespace ${target.namespace}`],
      next: `Check whether the namespace still exists: ${kubectlCommand(target, 'get', 'namespace', target.namespace)}. If so, recreate it from the live values: ${ownCommand(target, 'upgrade')}`,
    },
  };
}

/** When the specification last changed, by the server's clock; 0 where it does not say. */
function specificationTime({ metadata }: Workload): number {
  const times = (metadata.managedFields ?? [])
    .filter(({ subresource }) => !subresource)
    .map(({ time }) => (time ? Date.parse(time) : 0));
  // Event times are cut to whole seconds.
  return Math.max(0, ...times) - 1000;
}

function classify(said: string): Pick<Suspicion, 'settles'> & { why: string; next?: string } {
  if (/violates PodSecurity/i.test(said))
    return {
      settles: 'now',
      why: 'they violate the namespace’s Pod Security level',
      next: 'Change the values that the message names (podSecurityContext, securityContext, extraVolumes), or have the namespace’s level changed.',
    };
  if (/exceeded quota|must specify .* for: /i.test(said))
    return {
      settles: 'refused',
      why: 'the namespace’s quota is used up',
      next: 'Lower replicaCount or resources, or have the quota raised: kubectl describe resourcequota shows it.',
    };
  if (/webhook/i.test(said))
    return { settles: 'refused', why: 'an admission webhook denies them or does not answer' };
  if (/(?:minimum|maximum) .* per (?:Container|Pod|PersistentVolumeClaim)/i.test(said))
    return {
      settles: 'now',
      why: 'they are outside the namespace’s LimitRange',
      next: 'Set resources (or storage.size) within the limits that the message names.',
    };
  if (/serviceaccount .* not found/i.test(said))
    return {
      settles: 'refused',
      why: 'their service account does not exist',
      next: 'Create the service account, or let the chart do so (serviceAccount.create: true).',
    };
  return { settles: 'refused', why: 'see the message below' };
}
