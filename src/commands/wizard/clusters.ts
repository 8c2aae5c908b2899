import { withFlags } from '../../cli/flag-values.ts';
import { setKinds } from '../../values/set.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { CommandContext } from '../context.ts';
import { beginSession } from '../open-session.ts';
import { retarget } from '../retarget.ts';
import type { Session } from '../session.ts';

export type Place = Pick<Draft, 'context' | 'namespace' | 'release'>;

/** The open way to the cluster that the wizard is about; one at a time. */
export interface Clusters {
  /**
   * A session for a draft's release; opened once for a context.
   * @throws DeployError (3) where machine or cluster are not fit
   */
  readonly open: (place: Place, signal: AbortSignal) => Promise<Session>;
  readonly close: () => Promise<void>;
}

interface Open {
  /** undefined: the kubeconfig's current context, whatever its name. */
  readonly name: string | undefined;
  readonly session: Promise<Session>;
}

/** Opens nothing before it is asked to. */
export function createClusters(context: CommandContext): Clusters {
  let current: Open | undefined;

  const close = async () => {
    const closing = current;
    current = undefined;
    const session = await closing?.session.catch(() => undefined);
    await session?.close();
  };

  return {
    open: async (place, signal) => {
      if (current && (await isOther(current, place.context))) await close();
      // Not bound to who asks first: the next one goes on with it.
      current ??= {
        name: place.context,
        session: beginSession(contextFor(context, place)).finish([]),
      };
      const { session } = current;
      session.catch(() => {
        // What failed is tried anew by the next one.
        if (current?.session === session) current = undefined;
      });
      return retarget(await session, place, signal);
    },
    close,
  };
}

/** Whether a context is another one than what is open; without a name it is the open one. */
async function isOther({ name, session }: Open, wanted: string | undefined): Promise<boolean> {
  if (wanted === undefined || name === wanted) return false;
  if (name !== undefined) return true;
  const opened = await session.catch(() => undefined);
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
