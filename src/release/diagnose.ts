import { redact as redactSecrets } from '../values/secrets.ts';
import { findClaimCauses } from './causes/claim.ts';
import { findContainerCauses } from './causes/container.ts';
import { findControllerCauses } from './causes/controller.ts';
import { findImageCauses } from './causes/image.ts';
import { findSchedulingCauses } from './causes/scheduling.ts';
import type { CauseContext, Suspicion } from './causes/suspicion.ts';
import { findBlockedUpdates, findStuckPods, findUnreadyCauses } from './causes/unready.ts';
import type { CommandTarget } from './command-text.ts';
import type { Diagnosis } from './events.ts';
import { isCurrentPod, isPodReady, type Snapshot, type WorkloadSnapshot } from './snapshot.ts';

export interface DiagnoseOptions {
  readonly target: CommandTarget;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Texts that must not be quoted. */
  readonly secrets?: readonly string[];
}

/**
 * Everything in a snapshot that looks wrong, most telling first. Of a rolling update only the new
 * pods count: an old one that was broken before is no cause, unless it holds the update up.
 */
export function findSuspicions(snapshot: Snapshot, options: DiagnoseOptions): Suspicion[] {
  const context: CauseContext = {
    target: options.target,
    now: options.now,
    snapshot,
    redact: (line) => redactLine(line, options.secrets ?? []),
  };
  const found = [
    ...snapshot.workloads.flatMap((workload) => findControllerCauses(workload, context)),
    ...snapshot.claims.flatMap((claim) => findClaimCauses(claim, context)),
    ...snapshot.workloads.flatMap((workload) => podCauses(workload, context)),
    ...snapshot.workloads.flatMap((workload) => findBlockedUpdates(workload, context)),
    ...snapshot.workloads.flatMap(({ pods }) => findStuckPods(pods, context)),
  ];
  return found.sort((one, other) => rank(one) - rank(other));
}

function podCauses(workload: WorkloadSnapshot, context: CauseContext): Suspicion[] {
  return workload.pods
    .filter((pod) => isCurrentPod(workload, pod))
    .filter((pod) => !isPodReady(pod) && !pod.metadata.deletionTimestamp)
    .flatMap((pod) => {
      const clear = [
        ...findImageCauses(pod, context),
        ...findContainerCauses(pod, context),
        ...findSchedulingCauses(pod, context),
      ];
      return clear.length > 0 ? clear : findUnreadyCauses(pod, context);
    });
}

/** Causes of causes first: a pod that was never made cannot crash. */
const order: readonly Diagnosis['cause'][] = [
  'gone',
  'pods-refused',
  'config',
  'image-pull',
  'unbound-claim',
  'out-of-memory',
  'crash-loop',
  'unschedulable',
  'not-ready',
  'unknown',
];

function rank({ settles, diagnosis }: Suspicion): number {
  const certainty = settles === 'now' ? 0 : settles === 'never' ? 2 : 1;
  return certainty * order.length + order.indexOf(diagnosis.cause);
}

/** One diagnosis a cause: objects that share it are counted, the first one stands for them. */
export function toDiagnoses(suspicions: readonly Suspicion[]): Diagnosis[] {
  const groups = new Map<string, Suspicion[]>();
  for (const suspicion of suspicions)
    groups.set(suspicion.group, [...(groups.get(suspicion.group) ?? []), suspicion]);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    if (others.length === 0) return [first.diagnosis];
    const names = others.map(({ diagnosis }) => diagnosis.object.replace(/^\S+ /, ''));
    return [
      {
        ...first.diagnosis,
        evidence: [...first.diagnosis.evidence, `the same with ${names.join(', ')}`],
      },
    ];
  });
}

/** What is wrong in a snapshot, most telling first, in a user's words. */
export function diagnose(snapshot: Snapshot, options: DiagnoseOptions): Diagnosis[] {
  return toDiagnoses(findSuspicions(snapshot, options));
}

/** Logs quote settings as `password=…`; URLs and known secrets are masked as everywhere. */
export function redactLine(line: string, secrets: readonly string[]): string {
  return redactSecrets(line, secrets).replace(
    /\b((?:api[-_]?key|passwd|password|pwd|secret|token)["']?\s*[=:]\s*["']?)[^\s"',;}]+/gi,
    '$1[secret]',
  );
}
