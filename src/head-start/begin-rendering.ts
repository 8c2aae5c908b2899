import { bundledChart } from '../bundled-chart.ts';
import type { Invocation } from '../cli/invocation.ts';
import { childEnvironment } from '../cluster/child-environment.ts';
import { createExec } from '../cluster/exec.ts';
import { templateArguments } from '../cluster/helm/arguments.ts';
import { helmLimits } from '../cluster/helm/limits.ts';
import { programPath } from '../cluster/program-path.ts';
import type { Exec, ExecResult } from '../cluster/types.ts';
import { readTargetFlags } from '../commands/target-flags.ts';
import type { Surroundings } from './surroundings.ts';
import { usualRendering } from './usual-rendering.ts';

/** Flags that give values; without one of them the live ones decide. */
const givingValues = ['preset', 'values'];

/** A child that was started before somebody called it. */
interface BegunCall {
  /** What comes of it, where the call is the one that was begun. */
  readonly take: (...call: Parameters<Exec>) => Promise<ExecResult> | undefined;
  readonly end: () => void;
}

/** `helm template` of the bundled chart, with values that it is still to be given. */
export function beginRendering(
  { flags }: Invocation,
  { env, homeDirectory, packageRoot }: Surroundings,
): BegunCall | undefined {
  const hasValues = givingValues.some((name) => flags.list(name).length > 0);
  if (!hasValues || flags.text('chart') !== undefined) return undefined;
  const helm = programPath('helm', env, process.platform);
  if (helm === undefined) return undefined;
  const place = {
    ...readTargetFlags(flags),
    chart: { reference: bundledChart(packageRoot) },
  };
  return beginCall(helm, templateArguments(usualRendering(helm, place, { env, homeDirectory })), {
    env: childEnvironment(env, {}, 'short'),
    timeoutMilliseconds: helmLimits.render,
  });
}

function beginCall(
  file: string,
  args: readonly string[],
  { env, timeoutMilliseconds }: Pick<Parameters<Exec>[2], 'env' | 'timeoutMilliseconds'>,
): BegunCall {
  const given = new AbortController();
  let give: (input: string) => void = () => {};
  const input = new Promise<string>((resolve) => {
    give = resolve;
  });
  const { signal } = given;
  const result = createExec()(file, args, { input, env, timeoutMilliseconds, signal });
  let isTaken = false;
  const isSame = (...[otherFile, otherArgs, options]: Parameters<Exec>) =>
    otherFile === file &&
    JSON.stringify([otherArgs, options.env]) === JSON.stringify([args, env]) &&
    options.timeoutMilliseconds === timeoutMilliseconds;
  return {
    take: (...call) => {
      const [, , options] = call;
      const { input: text } = options;
      if (isTaken || options.signal?.aborted || typeof text !== 'string' || !isSame(...call))
        return undefined;
      isTaken = true;
      options.signal?.addEventListener('abort', () => given.abort(), { once: true });
      options.onStarted?.();
      give(text);
      return result;
    },
    end: () => {
      if (!isTaken) given.abort();
    },
  };
}
