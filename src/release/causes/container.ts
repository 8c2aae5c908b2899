import type { ContainerStatus, Pod } from '../../cluster/objects.ts';
import { kubectlCommand, ownCommand } from '../command-text.ts';
import { containersOf } from '../pod-state.ts';
import { logKey } from '../snapshot.ts';
import { type CauseContext, eventsOf, oneLine, quoteEvent, type Suspicion } from './suspicion.ts';

/** After so many restarts a container that fails again will not heal by itself. */
const restartsThatTell = 2;

/** Containers that end again and again, run out of memory, or cannot be made at all. */
export function findContainerCauses(pod: Pod, context: CauseContext): Suspicion[] {
  return containersOf(pod).flatMap((status) => {
    const found =
      configCause(pod, status, context) ??
      memoryCause(pod, status, context) ??
      crashCause(pod, status, context);
    return found ? [found] : [];
  });
}

/** Waiting reasons of a container whose specification cannot be carried out. */
const configReasons = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
]);

function configCause(
  pod: Pod,
  status: ContainerStatus,
  context: CauseContext,
): Suspicion | undefined {
  const waiting = status.state.waiting;
  if (!waiting?.reason || !configReasons.has(waiting.reason)) return undefined;
  const said = oneLine(waiting.message);
  return {
    key: `${pod.metadata.uid}/config`,
    group: `config ${said}`,
    settles: 'config',
    diagnosis: {
      cause: 'config',
      object: `Pod ${pod.metadata.name}`,
      message: `${pod.metadata.name} cannot start: ${said || waiting.reason}`,
      evidence: [`container ${status.name}, ${waiting.reason}: ${said}`].map(context.redact),
      next: nextForConfig(said, pod.metadata.name, context),
    },
  };
}

function nextForConfig(said: string, pod: string, { target }: CauseContext): string {
  const name = /(secret|configmap) "([^"]+)" not found/i.exec(said);
  if (name?.[1] && name[2])
    return `Create the ${name[1]} ${name[2]} in namespace ${target.namespace}, or name another one; the pod then starts on its own.`;
  const key = /couldn't find key (\S+) in (Secret|ConfigMap) [^/\s]*\/?(\S+)/i.exec(said);
  if (key)
    return `Add the key ${key[1]} to the ${key[2]} ${key[3]}, or name another key in the values.`;
  return `See what the node reports: ${kubectlCommand(target, 'describe', 'pod', pod)}`;
}

function memoryCause(
  pod: Pod,
  status: ContainerStatus,
  context: CauseContext,
): Suspicion | undefined {
  const ended = lastEnd(status);
  if (ended?.reason !== 'OOMKilled' || status.ready) return undefined;
  const limit = pod.spec.containers.find(({ name }) => name === status.name)?.resources.limits
    .memory;
  return {
    key: `${pod.metadata.uid}/memory`,
    group: 'out-of-memory',
    settles: 'now',
    diagnosis: {
      cause: 'out-of-memory',
      object: `Pod ${pod.metadata.name}`,
      message: `${pod.metadata.name} was killed because it needed more memory than its limit${limit ? ` (${limit})` : ''}`,
      evidence: endEvidence(pod, status, context),
      next: `Allow it more memory: ${ownCommand(context.target, 'upgrade', '--set', 'resources.limits.memory=SIZE')}`,
    },
  };
}

function crashCause(
  pod: Pod,
  status: ContainerStatus,
  context: CauseContext,
): Suspicion | undefined {
  const restarts = status.restartCount;
  const waits = status.state.waiting?.reason === 'CrashLoopBackOff';
  const endedNow = status.state.terminated;
  const failsNow =
    waits || (endedNow !== null && endedNow !== undefined && endedNow.exitCode !== 0);
  const failsAgain = !status.ready && restarts > restartsThatTell;
  if (!failsNow && !failsAgain) return undefined;
  const code = lastEnd(status)?.exitCode;
  const name = pod.metadata.name;
  return {
    key: `${pod.metadata.uid}/crash`,
    group: `crash ${status.name} ${code ?? ''}`,
    settles: restarts >= restartsThatTell ? 'now' : 'crash',
    diagnosis: {
      cause: 'crash-loop',
      object: `Pod ${name}`,
      message: `${name} keeps restarting (${restarts} restart${restarts === 1 ? '' : 's'}${code === undefined || code === null ? '' : `, exit code ${explainExit(code)}`})`,
      evidence: endEvidence(pod, status, context),
      next: `See why it exited: ${kubectlCommand(context.target, 'logs', name, '-c', status.name, '--previous')}`,
    },
  };
}

function lastEnd(status: ContainerStatus) {
  return status.state.terminated ?? status.lastState.terminated;
}

/** What POSIX shells and container runtimes mean by an exit code. */
function explainExit(code: number): string {
  if (code === 126) return '126: the program is not executable';
  if (code === 127) return '127: the program was not found in the image';
  if (code === 137) return '137: killed by a failed liveness probe, or out of memory';
  if (code === 139) return '139: segmentation fault';
  return String(code);
}

function endEvidence(pod: Pod, status: ContainerStatus, context: CauseContext): string[] {
  const ended = lastEnd(status);
  const state = ended
    ? [
        `container ${status.name} ended: ${ended.reason ?? 'unknown reason'}, exit code ${ended.exitCode ?? 'unknown'}${ended.message ? `: ${oneLine(ended.message)}` : ''}`,
      ]
    : [];
  const events = eventsOf(
    context.snapshot,
    pod.metadata,
    /^(?:Unhealthy|Killing|FailedPostStartHook)$/,
  )
    .slice(-2)
    .map(quoteEvent);
  const log = (context.snapshot.logs.get(logKey(pod.metadata.name, status.name)) ?? []).map(
    (line) => `log: ${line}`,
  );
  return [...state, ...events, ...log].map(context.redact);
}
