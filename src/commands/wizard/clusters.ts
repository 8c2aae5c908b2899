import { withFlags } from '../../cli/flag-values.ts';
import { passesByItself } from '../../cluster/connection-error.ts';
import { setKinds } from '../../values/set.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { CommandContext } from '../context.ts';
import { beginPatientSession, type Opening } from '../open-session.ts';
import { retarget } from '../retarget.ts';
import type { Session } from '../session.ts';

export type Place = Pick<Draft, 'context' | 'namespace' | 'release'>;

/** The open way to the cluster that the wizard is about; one at a time. */
export interface Clusters {
  /**
   * A session for a draft's release; opened once for a context. Where a cluster could not be
   * reached and may yet be, the next call tries on the same way.
   * @throws DeployError (3) where machine or cluster are not fit
   */
  readonly open: (place: Place, signal: AbortSignal) => Promise<Session>;
  readonly close: () => Promise<void>;
}

/** A way to a cluster. */
interface Way {
  /** undefined: the kubeconfig's current context, whatever its name. */
  readonly name: string | undefined;
  /** Of the wizard's state when it was begun. */
  readonly attempt: number;
  readonly opening: Opening;
  /** Undefined after a failure. */
  session: Promise<Session> | undefined;
}

/**
 * Opens nothing before it is asked to.
 * @param attempt of now: a way of an earlier one is opened anew, with what the kubeconfig says now
 */
export function createClusters(context: CommandContext, attempt: () => number): Clusters {
  let current: Way | undefined;

  const begin = (place: Place): Way => ({
    name: place.context,
    attempt: attempt(),
    opening: beginPatientSession(contextFor(context, place)),
    session: undefined,
  });

  // Not bound to who asks first: the next one goes on with it.
  const sessionOn = (way: Way): Promise<Session> => {
    if (way.session) return way.session;
    const session = way.opening.finish([]);
    way.session = session;
    session.catch((error: unknown) => {
      way.session = undefined;
      if (!passesByItself(error) && current === way) current = undefined;
    });
    return session;
  };

  const close = async () => {
    const closing = current;
    current = undefined;
    await closing?.opening.close();
    const session = await closing?.session?.catch(() => undefined);
    await session?.close();
  };

  return {
    open: async (place, signal) => {
      const found = current;
      const isOld = found && (found.attempt !== attempt() || (await isOther(found, place.context)));
      // Somebody else may have seen it meanwhile.
      if (isOld && current === found) await close();
      current ??= begin(place);
      return retarget(await sessionOn(current), place, signal);
    },
    close,
  };
}

/** Whether a context is another one than what is open; without a name it is the open one. */
async function isOther({ name, session }: Way, wanted: string | undefined): Promise<boolean> {
  if (wanted === undefined || name === wanted) return false;
  if (name !== undefined) return true;
  const opened = await session?.catch(() => undefined);
  return opened?.target.context !== wanted;
}

/**
 * The invocation with another target in its flags. What else it said about values has become part
 * of the draft.
 */
export function contextFor(
  context: CommandContext,
  { context: name, namespace, release }: Place,
  signal: AbortSignal = context.signal,
): CommandContext {
  const flags = withFlags(context.flags, {
    ...(name ? { context: [name] } : {}),
    namespace: [namespace],
    release: [release],
    ...Object.fromEntries(setKinds.map((kind) => [kind, []])),
  });
  return { ...context, flags, signal };
}
