import type { Problem } from '../errors.ts';
import { findStaleCredential, type StaleCredential } from './expired-credentials.ts';
import type { FailureContext } from './failure-problem.ts';
import type { ApiFailure, ClusterAccess } from './types.ts';

/**
 * Why a cluster does not accept a user, where the kubeconfig tells: what has run out, since when, and
 * how to get another one.
 * @returns undefined where it does not tell
 */
export async function explainStaleCredential(
  failure: ApiFailure,
  { access }: FailureContext,
  credentials: Pick<ClusterAccess, 'kubeconfig' | 'context'>,
  now = new Date(),
): Promise<Problem | undefined> {
  const stale = await findStaleCredential(credentials, now);
  if (!stale) return undefined;
  const server = access?.server ? ` at ${access.server}` : '';
  const context = access?.context ? ` (context ${access.context})` : '';
  const { what, is, at, where } = stale;
  const time = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const span = durationText(Math.abs(now.getTime() - at.getTime()));
  const told = `The cluster answers: ${failure.message}`;
  return is === 'expired'
    ? {
        message: `Your ${what} for the cluster${server} has expired${context}.`,
        why: `It was valid until ${time}, ${span} ago (${where}).\n${told}`,
        next: remedies[what],
      }
    : {
        message: `Your ${what} for the cluster${server} is not valid yet${context}.`,
        why: `It will be from ${time} on, in ${span} by the clock of this machine (${where}).\n${told}`,
        next: 'See that the clock of this machine is right.',
      };
}

const remedies: Readonly<Record<StaleCredential['what'], string>> = {
  'client certificate':
    'Get a new kubeconfig from whoever runs the cluster, or log in again with their command line. A cluster made with kubeadm renews its own with: kubeadm certs renew admin.conf',
  token:
    'Log in again, or get a new one from whoever runs the cluster. Of a ServiceAccount who may makes one with: kubectl create token NAME',
};

function durationText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const of = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return of(minutes, 'minute');
  if (minutes < 48 * 60) return of(Math.floor(minutes / 60), 'hour');
  return of(Math.floor(minutes / (24 * 60)), 'day');
}
