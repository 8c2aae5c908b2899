import { setTimeout as sleep } from 'node:timers/promises';
import type { HelmDependencies } from '../cluster/helm.ts';
import { readIdentity } from '../cluster/identity.ts';
import { openReleaseStorage } from '../cluster/releases.ts';
import type { Api, ClusterAccess, Helm, HelmResult, HelmVersion } from '../cluster/types.ts';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';
import { createLooker, look } from './look.ts';
import type { Session } from './session.ts';
import type { TargetFlags } from './target-flags.ts';

/** What was found and started for a session. */
export interface Programs {
  readonly api: Api;
  readonly access: ClusterAccess;
  readonly contextName: string;
  readonly helm: Helm;
  readonly helmDependencies: HelmDependencies;
  readonly helmVersion: Promise<HelmResult<HelmVersion>>;
}

export interface AskingFirst {
  /** Whether a draft is going to be made for the release that the flags name. */
  readonly looks: 'at once' | 'later';
  /** Whether the way to the cluster stays open after this failure. */
  readonly staysOpen: (error: unknown) => boolean;
}

/**
 * Asks the cluster the first questions: which it is and, where a draft will be made, what it looks
 * like.
 * @throws DeployError: exit code 3 where cluster or helm are not fit
 */
export async function askFirst(
  context: CommandContext,
  targetFlags: TargetFlags,
  { api, access, contextName, helm, helmDependencies, helmVersion }: Programs,
  { looks, staysOpen }: AskingFirst,
): Promise<Session> {
  const takeBack = context.cleanup.add(() => void api.close());
  const close = async () => {
    takeBack();
    await api.close();
  };
  try {
    const { signal } = context;
    const releases = openReleaseStorage(api, helmDependencies);
    const { namespace, release } = targetFlags;
    const place = { namespace, release };
    const deps = { api, releases, access };
    const first = looks === 'at once' ? { place, look: look(deps, place, signal) } : undefined;
    const [version, identity] = await Promise.all([
      helmVersion,
      readIdentity(first?.look.api ?? api, {
        namespace,
        access,
        signal,
      }),
    ]);
    signal.throwIfAborted();
    return {
      api,
      helm,
      access,
      releases,
      cleanup: context.cleanup,
      now: Date.now,
      sleep: (milliseconds, until) => pause(milliseconds, until),
      helmVersion: usableVersion(version),
      look: createLooker(deps, signal, first),
      timeoutSeconds: targetFlags.timeoutSeconds,
      target: {
        context: contextName,
        server: access.server ?? 'unknown address',
        identity,
        namespace,
        release,
      },
      close,
    };
  } catch (error) {
    if (staysOpen(error)) takeBack();
    else await close();
    throw error;
  }
}

function usableVersion(result: HelmResult<HelmVersion>): HelmVersion {
  if (!result.ok) {
    const { message, detail, next } = result.failure;
    throw new DeployError(exitCodes.unfit, { message, why: detail, next });
  }
  if (result.value.tooOld)
    throw new DeployError(exitCodes.unfit, {
      message: `helm ${result.value.version} is too old: 3.12 or newer is required.`,
      next: 'Install helm 3.12 or newer: https://helm.sh/docs/intro/install/',
    });
  return result.value;
}

/** Ends early, without an error, where the signal aborts. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
}
