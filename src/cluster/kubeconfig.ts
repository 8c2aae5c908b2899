import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { DeployError, type Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { suggest } from '../suggest.ts';
import type { Environment } from './child-environment.ts';
import { type Kubeconfig, mergeKubeconfigs } from './kubeconfig-content.ts';
import { readKubeconfigFile } from './kubeconfig-file.ts';
import { findFiles, joinFiles } from './kubeconfig-files.ts';
import type { ClusterAccess } from './types.ts';

/** What stands for a context's name in a pod: our own commands name it, so it is taken back. */
const inClusterName = 'in-cluster';

/** What the user said about the cluster and the identity, by flags. */
export interface AccessRequest {
  /** `--kubeconfig`: one file. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly impersonateUser?: string | undefined;
  readonly impersonateGroups?: readonly string[];
  readonly requestTimeoutMilliseconds: number;
}

/** Where this process runs. */
export interface Surroundings {
  readonly env: Environment;
  readonly homeDirectory: string;
  /** Where a pod finds its own credentials; another directory in tests. */
  readonly serviceAccountDirectory?: string;
}

export interface ResolvedAccess {
  readonly access: ClusterAccess;
  /** The context's name for people; "in-cluster" where there is none. */
  readonly contextName: string;
  /** The namespace that the context (or the pod) names, for kubectl's default. */
  readonly namespace: string | undefined;
  /** Every context of the kubeconfig, sorted. */
  readonly contexts: readonly string[];
}

/**
 * Resolves kubeconfig and context once, as kubectl would (flag, KUBECONFIG, ~/.kube/config,
 * in-cluster), without starting kubectl. No credential is kept.
 *
 * @throws DeployError with every problem: exit code 3 where there is no kubeconfig, 2 where it
 *   is broken, or lacks the context
 */
export async function resolveAccess(
  request: AccessRequest,
  surroundings: Surroundings,
): Promise<ResolvedAccess> {
  const problems: Problem[] = [];
  if (request.impersonateGroups?.length && !request.impersonateUser)
    problems.push({
      message: '--as-group needs --as: a group is impersonated together with a user.',
      where: '--as-group',
    });
  if (request.kubeconfig?.includes(delimiter))
    problems.push({
      message: `The kubeconfig's path ${request.kubeconfig} holds "${delimiter}", which separates files in KUBECONFIG.`,
      next: 'Move or link it to a path without that character.',
      where: '--kubeconfig',
    });
  const files = findFiles(request, surroundings);
  const read = await Promise.all(files.paths.map(readKubeconfigFile));
  const configs = read.flatMap((one) => (one.state === 'read' ? [one.config] : []));
  problems.push(...read.flatMap((one) => (one.state === 'broken' ? [one.problem] : [])));
  if (problems.length === 0 && configs.length === 0) {
    if (files.named) refuse(exitCodes.usage, missingFile(joinFiles(files.paths)));
    if (!request.context || request.context === inClusterName)
      return inCluster(request, surroundings);
    refuse(exitCodes.unfit, noKubeconfig(files.paths));
  }
  const config = mergeKubeconfigs(configs);
  const context = request.context || config.currentContext;
  if (problems.length === 0)
    problems.push(...contextProblems(config, context, Boolean(request.context)));
  if (problems.length > 0) throw new DeployError(exitCodes.usage, problems);
  const chosen = config.contexts.get(context);
  return {
    access: {
      ...identity(request),
      kubeconfig: joinFiles(files.paths),
      context,
      server: config.servers.get(chosen?.cluster ?? '') || undefined,
    },
    contextName: context,
    namespace: chosen?.namespace || undefined,
    contexts: [...config.contexts.keys()].sort(),
  };
}

function identity(request: AccessRequest) {
  return {
    impersonateUser: request.impersonateUser,
    impersonateGroups: request.impersonateGroups ?? [],
    requestTimeoutMilliseconds: request.requestTimeoutMilliseconds,
  };
}

function contextProblems(config: Kubeconfig, context: string, named: boolean): Problem[] {
  const names = [...config.contexts.keys()].sort();
  const list = `It has: ${names.join(', ')}.`;
  if (names.length === 0)
    return [
      {
        message: 'The kubeconfig has no contexts: it names no cluster.',
        next: "Get one from a cluster admin or your provider's command line, and name it with --kubeconfig or KUBECONFIG.",
      },
    ];
  if (!context)
    return [
      {
        message: 'The kubeconfig has no current context.',
        why: list,
        next: 'Name one with --context, or choose one: kubectl config use-context NAME',
      },
    ];
  const chosen = config.contexts.get(context);
  if (!chosen) {
    const close = suggest(context, names);
    return [
      {
        message: named
          ? `The kubeconfig has no context "${context}".`
          : `The kubeconfig's current context "${context}" is not in it.`,
        why: list,
        next: close ? `Did you mean --context ${close}?` : 'Name one of them with --context.',
        where: named ? '--context' : 'current-context',
      },
    ];
  }
  // kubectl would quietly turn to localhost:8080.
  if (!config.servers.get(chosen.cluster))
    return [dangling(context, 'cluster', chosen.cluster, 'which has no server in the kubeconfig')];
  if (chosen.user && !config.users.has(chosen.user))
    return [dangling(context, 'user', chosen.user, 'who is not in the kubeconfig')];
  return [];
}

function dangling(context: string, kind: string, name: string, why: string): Problem {
  return {
    message:
      name === ''
        ? `The context "${context}" names no ${kind}.`
        : `The context "${context}" names the ${kind} "${name}", ${why}.`,
    next: 'Choose another context with --context, or get a complete kubeconfig.',
    where: '--context',
  };
}

async function inCluster(
  request: AccessRequest,
  { env, serviceAccountDirectory, homeDirectory }: Surroundings,
): Promise<ResolvedAccess> {
  const directory = serviceAccountDirectory ?? '/var/run/secrets/kubernetes.io/serviceaccount';
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port || !existsSync(join(directory, 'token')))
    refuse(exitCodes.unfit, noKubeconfig(findFiles(request, { env, homeDirectory }).paths));
  const namespace = await readFile(join(directory, 'namespace'), 'utf8').catch(() => '');
  return {
    access: {
      ...identity(request),
      kubeconfig: undefined,
      context: undefined,
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    },
    contextName: inClusterName,
    namespace: namespace.trim() || undefined,
    contexts: [],
  };
}

function refuse(exitCode: ExitCode, problem: Problem): never {
  throw new DeployError(exitCode, problem);
}

function missingFile(path: string): Problem {
  return {
    message: `The kubeconfig ${path} does not exist.`,
    next: 'Correct --kubeconfig, or leave it out to use KUBECONFIG or ~/.kube/config.',
    where: '--kubeconfig',
  };
}

function noKubeconfig(paths: readonly string[]): Problem {
  return {
    message: 'There is no kubeconfig, so there is no cluster to talk to.',
    why: `Looked for ${paths.join(', ')}.`,
    next: "Get one from a cluster admin or your provider's command line, and name it with --kubeconfig or KUBECONFIG.",
  };
}
