import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApi } from '../cluster/connection.ts';
import { createExec } from '../cluster/exec.ts';
import { type FoundProgram, findProgram } from '../cluster/find-program.ts';
import { knownHelmVersion } from '../cluster/helm/known-version.ts';
import { createHelm } from '../cluster/helm.ts';
import { readIdentity } from '../cluster/identity.ts';
import { resolveAccess } from '../cluster/kubeconfig.ts';
import type { ReleaseStorage } from '../cluster/releases/types.ts';
import { openReleaseStorage } from '../cluster/releases.ts';
import type { Api, ClusterAccess, Helm, HelmResult, HelmVersion } from '../cluster/types.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { cacheDirectory } from '../files/cache-directory.ts';
import type { Target } from '../release/events.ts';
import type { ReleaseDependencies } from '../release/types.ts';
import { maskUrl } from '../values/mask.ts';
import type { CommandContext } from './context.ts';
import { createLooker, type Look, look, type Place } from './look.ts';
import { readTargetFlags } from './target-flags.ts';

/** An open way to one cluster, for one invocation. */
export interface Session extends ReleaseDependencies {
  readonly target: Target;
  readonly timeoutSeconds: number | undefined;
  readonly helmVersion: HelmVersion;
  /** Looks at a release; a session that was begun for a draft has begun with it already. */
  readonly look: (place: Place) => Look;
  readonly close: () => Promise<void>;
}

/** A session that is being opened. */
export interface Opening {
  /**
   * Waits for it, and asks the cluster the first questions. Everything that is wrong is listed at
   * once, together with what was found wrong before; then the cluster is asked nothing.
   * @param earlier problems of the invocation that need no cluster
   * @throws DeployError: exit code 2 where the invocation is wrong, 3 where machine or cluster are
   */
  readonly finish: (earlier: readonly Problem[]) => Promise<Session>;
}

/** Opens a session; see {@link Opening.finish}. */
export function openSession(
  context: CommandContext,
  earlier: readonly Problem[],
): Promise<Session> {
  return openingOf(context, 'later').finish(earlier);
}

/**
 * Finds cluster, helm and kubectl and starts both, which takes a while: the caller reads the
 * values meanwhile. It must call `finish`, and then make a draft, for which the cluster is asked
 * beforehand.
 */
export function beginSession(context: CommandContext): Opening {
  return openingOf(context, 'at once');
}

function openingOf(context: CommandContext, looks: 'at once' | 'later'): Opening {
  const given = new AbortController();
  const started = startPrograms(context, AbortSignal.any([context.signal, given.signal]));
  // Told by finish; until then it must not count as unhandled.
  started.catch(() => {});
  return {
    finish: async (earlier) => {
      const { targetFlags, programs, invocationProblems, machineProblems } = await started;
      const wrong = [...earlier, ...invocationProblems];
      if (!programs || wrong.length > 0) {
        given.abort();
        await programs?.api.close();
        throw new DeployError(wrong.length > 0 ? exitCodes.usage : exitCodes.unfit, [
          ...wrong,
          ...machineProblems,
        ]);
      }
      return askFirst(context, targetFlags, programs, looks);
    },
  };
}

/** The same way to the same cluster, for another release; closing either closes both. */
export async function retarget(
  session: Session,
  { namespace, release }: Pick<Target, 'namespace' | 'release'>,
  signal: AbortSignal,
): Promise<Session> {
  const { target, api, access } = session;
  if (target.namespace === namespace && target.release === release) return session;
  const identity = await readIdentity(api, { namespace, server: access.server, signal });
  return { ...session, target: { ...target, identity, namespace, release } };
}

interface Programs {
  readonly api: Api;
  readonly access: ClusterAccess;
  readonly contextName: string;
  readonly helm: Helm;
  readonly helmVersion: Promise<HelmResult<HelmVersion>>;
  readonly releases: ReleaseStorage;
}

async function startPrograms(context: CommandContext, signal: AbortSignal) {
  const { flags, env, homeDirectory } = context;
  const targetFlags = readTargetFlags(flags);
  const invocationProblems: Problem[] = [...targetFlags.problems];
  const machineProblems: Problem[] = [];
  const [resolved, helmProgram, kubectlProgram] = await Promise.all([
    resolveAccess(
      {
        kubeconfig: flags.text('kubeconfig'),
        context: flags.text('context'),
        impersonateUser: flags.text('as'),
        impersonateGroups: flags.list('as-group'),
        requestTimeoutMilliseconds: targetFlags.requestTimeoutMilliseconds,
      },
      { env, homeDirectory },
    ).catch((error: unknown) => {
      if (!(error instanceof DeployError)) throw error;
      const problems = error.exitCode === exitCodes.usage ? invocationProblems : machineProblems;
      problems.push(...error.problems);
      return undefined;
    }),
    findProgram('helm', env),
    findProgram('kubectl', env),
  ]);
  const helmPath = pathOf(helmProgram, machineProblems);
  const kubectl = pathOf(kubectlProgram, machineProblems);
  const found = { targetFlags, invocationProblems, machineProblems };
  if (!resolved || !helmPath || !kubectl || invocationProblems.length > 0)
    return { ...found, programs: undefined };
  const { access, contextName } = resolved;
  const exec = createExec();
  const onStderrLine = (line: string) => context.say(`${line}\n`);
  const api = await openApi(access, { kubectl, exec, env, onStderrLine });
  const helmDependencies = { path: helmPath, exec, access, env, redact: maskUrl };
  const helm = createHelm(helmDependencies);
  const { cleanup } = context;
  const caches = cacheDirectory({ env, homeDirectory, platform: process.platform });
  const versionFile = join(caches, 'helm-version.json');
  const programs: Programs = {
    api,
    access,
    contextName,
    helm,
    helmVersion: knownHelmVersion({ path: helmPath, file: versionFile, cleanup }, () =>
      helm.version({ signal }),
    ),
    releases: openReleaseStorage(api, helmDependencies),
  };
  return { ...found, programs };
}

async function askFirst(
  context: CommandContext,
  targetFlags: ReturnType<typeof readTargetFlags>,
  { api, access, contextName, helm, helmVersion, releases }: Programs,
  looks: 'at once' | 'later',
): Promise<Session> {
  const takeBack = context.cleanup.add(() => void api.close());
  const close = async () => {
    takeBack();
    await api.close();
  };
  try {
    const { signal } = context;
    const { namespace, release } = targetFlags;
    const place = { namespace, release };
    const deps = { api, releases, access };
    const first = looks === 'at once' ? { place, look: look(deps, place, signal) } : undefined;
    const [version, identity] = await Promise.all([
      helmVersion,
      readIdentity(first?.look.api ?? api, {
        namespace,
        server: access.server,
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
    await close();
    throw error;
  }
}

function pathOf(program: FoundProgram, problems: Problem[]): string | undefined {
  if (program.found) return program.path;
  problems.push(program.problem);
  return undefined;
}

function usableVersion(result: Awaited<ReturnType<ReturnType<typeof createHelm>['version']>>) {
  if (!result.ok) {
    const { message, detail, next } = result.failure;
    throw new DeployError(exitCodes.unfit, { message, why: detail, next });
  }
  if (result.value.tooOld)
    throw new DeployError(exitCodes.unfit, {
      message: `helm ${result.value.version} is too old: 3.12 is the oldest that works.`,
      next: 'Install helm 3.12 or newer: https://helm.sh/docs/intro/install/',
    });
  return result.value;
}

/** Ends early, without an error, where the signal aborts. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
}
