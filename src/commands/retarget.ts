import { readIdentity } from '../cluster/identity.ts';
import type { Place } from './look.ts';
import type { Session } from './session.ts';

/** The same way to the same cluster, for another release; closing either closes both. */
export async function retarget(
  session: Session,
  { namespace, release }: Place,
  signal: AbortSignal,
): Promise<Session> {
  const { target, api, access } = session;
  if (target.namespace === namespace && target.release === release) return session;
  const identity = await readIdentity(api, { namespace, access, signal });
  return { ...session, target: { ...target, identity, namespace, release } };
}
