import { kubectlCommand } from '../command-text.ts';
import type { Claim } from '../kinds.ts';
import { type CauseContext, eventsOf, oneLine, quoteEvent, type Suspicion } from './suspicion.ts';

/** A claim that gets no volume. One that waits for its pod (WaitForFirstConsumer) is healthy. */
export function findClaimCauses(claim: Claim, context: CauseContext): Suspicion[] {
  const found = claim.status.phase === 'Lost' ? lostVolume(claim) : unbound(claim, context);
  if (!found) return [];
  const { name, uid } = claim.metadata;
  return [
    {
      key: `${uid}/claim`,
      group: `claim ${claim.spec.storageClassName ?? ''} ${found.message}`,
      settles: found.settles,
      diagnosis: {
        cause: 'unbound-claim',
        object: `PersistentVolumeClaim ${name}`,
        message: `${name} gets no volume: ${found.message}`,
        evidence: [...found.evidence, ...classEvidence(context)].map(context.redact),
        next: found.next ?? describeCommand(name, context),
      },
    },
  ];
}

interface ClaimFailure {
  readonly settles: Suspicion['settles'];
  readonly message: string;
  readonly evidence: readonly string[];
  readonly next?: string;
}

function lostVolume(claim: Claim): ClaimFailure {
  return {
    settles: 'now',
    message: `its volume ${claim.spec.volumeName ?? ''} is gone`,
    evidence: ['phase Lost'],
  };
}

function unbound(claim: Claim, context: CauseContext): ClaimFailure | undefined {
  if (claim.status.phase !== 'Pending' || claim.metadata.deletionTimestamp) return undefined;
  const events = eventsOf(
    context.snapshot,
    claim.metadata,
    /^(?:ProvisioningFailed|FailedBinding)$/,
  );
  const newest = events.at(-1);
  const className = claim.spec.storageClassName;
  const classes = context.snapshot.storageClasses;
  if (className && classes && !classes.includes(className))
    return missingClass(className, events.map(quoteEvent));
  if (!newest) return undefined;
  const said = oneLine(newest.message);
  if (/storageclass(?:\.storage\.k8s\.io)? "[^"]*" not found/i.test(said))
    return missingClass(className ?? '', [quoteEvent(newest)]);
  if (/no storage class is set/i.test(said))
    return {
      settles: 'now',
      message: 'it names no StorageClass and the cluster has no default',
      evidence: [quoteEvent(newest)],
      next: `Name a class that the cluster has (--storage-class), or make one the default. ${recreate}`,
    };
  return { settles: 'claim', message: `the provisioner failed`, evidence: [quoteEvent(newest)] };
}

/** A claim's class cannot be changed, so a new class does not heal the claims that are there. */
const recreate =
  'Pending claims keep the old class: uninstall with --delete-data first if they hold no data.';

function missingClass(name: string, evidence: readonly string[]): ClaimFailure {
  return {
    settles: 'now',
    message: `the cluster has no StorageClass ${name}`,
    evidence: [...evidence],
    next: `Name a class that the cluster has (--storage-class), or create ${name}. ${recreate}`,
  };
}

function classEvidence({ snapshot }: CauseContext): string[] {
  const classes = snapshot.storageClasses;
  if (!classes) return [];
  return [classes.length > 0 ? `StorageClasses: ${classes.join(', ')}` : 'no StorageClass exists'];
}

function describeCommand(claim: string, { target }: CauseContext): string {
  return `See what the provisioner reports: ${kubectlCommand(target, 'describe', 'pvc', claim)}`;
}
