import { tmpdir } from 'node:os';
import type { Invocation } from '../cli/invocation.ts';
import { kubectlAccessArguments } from '../cluster/access-arguments.ts';
import { childEnvironment } from '../cluster/child-environment.ts';
import { currentContext } from '../cluster/current-context.ts';
import { findFiles, joinFiles } from '../cluster/kubeconfig-files.ts';
import { programPath } from '../cluster/program-path.ts';
import { type ProxyOptions, type ProxyStart, startProxy } from '../cluster/proxy.ts';
import type { Surroundings } from './surroundings.ts';

/** A proxy that was started before somebody asked for one. */
interface BegunProxy {
  /** The one that was begun, where it is the one that is wanted. */
  readonly take: (wanted: ProxyOptions) => Promise<ProxyStart> | undefined;
  readonly end: () => void;
}

/**
 * `kubectl proxy` for the context that the invocation or the kubeconfig names. Where the context
 * cannot be told at a glance there is none: which cluster is meant is never guessed.
 */
export function beginProxy(
  { flags }: Invocation,
  { env, homeDirectory }: Surroundings,
): BegunProxy | undefined {
  // What is checked on saved facts needs no cluster.
  if (flags.text('facts') !== undefined) return undefined;
  const { paths } = findFiles({ kubeconfig: flags.text('kubeconfig') }, { env, homeDirectory });
  const context = flags.text('context') ?? currentContext(paths);
  const kubectl = programPath('kubectl', env, process.platform);
  if (!context || !kubectl) return undefined;
  const access = {
    kubeconfig: joinFiles(paths),
    context,
    impersonateUser: flags.text('as'),
    impersonateGroups: flags.list('as-group'),
  };
  return begin({
    kubectl,
    access,
    environment: childEnvironment(env, access, 'proxy'),
    temporaryDirectory: tmpdir(),
  });
}

type Begun = Omit<ProxyOptions, 'onStderrLine'>;

function begin(options: Begun): BegunProxy {
  const lines: string[] = [];
  let tell = (line: string): void => void lines.push(line);
  const start = startProxy({ ...options, onStderrLine: (line) => tell(line) });
  let isTaken = false;
  return {
    take: (wanted) => {
      if (isTaken || !areSame(wanted, options)) return undefined;
      isTaken = true;
      tell = wanted.onStderrLine;
      for (const line of lines) tell(line);
      return start;
    },
    end: () => {
      if (isTaken) return;
      void start.then(async (one) => {
        if (one.started) await one.proxy.close(true);
      });
    },
  };
}

function areSame(one: Begun, other: Begun): boolean {
  return (
    one.kubectl === other.kubectl &&
    one.temporaryDirectory === other.temporaryDirectory &&
    JSON.stringify([kubectlAccessArguments(one.access), one.environment]) ===
      JSON.stringify([kubectlAccessArguments(other.access), other.environment])
  );
}
