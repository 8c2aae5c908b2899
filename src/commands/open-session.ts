import { openApi } from '../cluster/connection.ts';
import { passesByItself } from '../cluster/connection-error.ts';
import { createExec } from '../cluster/exec.ts';
import { type FoundProgram, findProgram } from '../cluster/find-program.ts';
import { helmVersionFile, knownHelmVersion } from '../cluster/helm/known-version.ts';
import { createHelm, type HelmDependencies } from '../cluster/helm.ts';
import { resolveAccess } from '../cluster/kubeconfig.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { maskUrl } from '../values/mask.ts';
import type { AskingFirst, Programs } from './ask-first.ts';
import type { CommandContext } from './context.ts';
import type { Session } from './session.ts';
import { readTargetFlags } from './target-flags.ts';

/** A session that is being opened. */
export interface Opening {
  /**
   * Waits for it, and asks the cluster the first questions. Everything that is wrong is listed at
   * once, together with what was found wrong before; then the cluster is asked nothing.
   * @param earlier problems of the invocation that need no cluster
   * @throws DeployError: exit code 2 where the invocation is wrong, 3 where machine or cluster are
   */
  readonly finish: (earlier: readonly Problem[]) => Promise<Session>;
  /** Ends what was begun; of a session that was opened, its own `close` does. */
  readonly close: () => Promise<void>;
  /** Aborts where nothing comes of it: for what was begun in the hope that it would. */
  readonly signal: AbortSignal;
}

/** Opens a session; see {@link Opening.finish}. */
export function openSession(
  context: CommandContext,
  earlier: readonly Problem[],
): Promise<Session> {
  const how = { looks: 'later', staysOpen: () => false } as const;
  return openingOf(context, how, earlier.length === 0).finish(earlier);
}

/**
 * Finds cluster, helm and kubectl and starts both, which takes a while: the caller reads the
 * values meanwhile. It must call `finish`, and then look at its release, which the cluster is asked
 * for beforehand.
 */
export function beginSession(context: CommandContext): Opening {
  return openingOf(context, { looks: 'at once', staysOpen: () => false });
}

/**
 * A session that may be finished again where the cluster could not be reached and may yet be: on
 * the same way, so that no login program is run for it once more. It must be closed.
 */
export function beginPatientSession(context: CommandContext): Opening {
  return openingOf(context, { looks: 'at once', staysOpen: passesByItself });
}

/** @param isSound whether anything will come of it: of what is wrong already, nothing is started */
function openingOf(
  context: CommandContext,
  how: AskingFirst,
  isSound = context.invocation.problems.length === 0,
): Opening {
  const given = new AbortController();
  const signal = AbortSignal.any([context.signal, given.signal]);
  const started = startPrograms(context, isSound, signal);
  // Told by finish; until then it must not count as unhandled.
  started.catch(() => {});
  return {
    signal,
    finish: (earlier) =>
      finish(earlier).catch((error: unknown) => {
        if (!how.staysOpen(error)) given.abort();
        throw error;
      }),
    close: async () => {
      given.abort();
      const { programs } = await started;
      await programs?.api.close();
    },
  };

  async function finish(earlier: readonly Problem[]): Promise<Session> {
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
    // Loaded while kubectl starts.
    const { askFirst } = await import('./ask-first.ts');
    return askFirst(context, targetFlags, programs, how);
  }
}

async function startPrograms(context: CommandContext, isSound: boolean, signal: AbortSignal) {
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
  if (!isSound || !resolved || !helmPath || !kubectl || invocationProblems.length > 0)
    return { ...found, programs: undefined };
  const { access, contextName } = resolved;
  const exec = createExec();
  const onStderrLine = (line: string) => context.say(`${line}\n`);
  const startProxy = context.headStart?.startProxy;
  const api = await openApi(access, {
    kubectl,
    exec,
    env,
    onStderrLine,
    ...(startProxy && { startProxy }),
  });
  const helmDependencies: HelmDependencies = { path: helmPath, exec, access, env, redact: maskUrl };
  const helm = createHelm(helmDependencies);
  const { cleanup } = context;
  const versionFile = helmVersionFile({ env, homeDirectory, platform: process.platform });
  const programs: Programs = {
    api,
    access,
    contextName,
    helm,
    helmVersion: knownHelmVersion({ path: helmPath, file: versionFile, cleanup }, () =>
      helm.version({ signal }),
    ),
    helmDependencies,
  };
  return { ...found, programs };
}

function pathOf(program: FoundProgram, problems: Problem[]): string | undefined {
  if (program.found) return program.path;
  problems.push(program.problem);
  return undefined;
}
