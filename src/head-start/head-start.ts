import type { Invocation } from '../cli/invocation.ts';
import { createExec } from '../cluster/exec.ts';
import type { ProgramName } from '../cluster/install-hints.ts';
import { startProxy } from '../cluster/proxy.ts';
import type { Exec } from '../cluster/types.ts';
import { beginProxy } from './begin-proxy.ts';
import { beginRendering } from './begin-rendering.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * kubectl and helm, started before the program is loaded: either takes longer to start than all of
 * that takes to load. Nothing is asked of a cluster and nothing rendered before they are called, as
 * they would be without this; a call that turns out to be another one starts its own.
 */
export interface HeadStart {
  readonly startProxy: typeof startProxy;
  readonly exec: Exec;
  /** Ends what nobody has called. */
  readonly end: () => void;
}

/** Starts those programs that an invocation is going to call, as far as its words alone tell. */
export function makeHeadStart(
  programs: readonly ProgramName[],
  invocation: Invocation,
  surroundings: Surroundings,
): HeadStart {
  // helm first: it has more to do.
  const rendering = programs.includes('helm')
    ? beginRendering(invocation, surroundings)
    : undefined;
  const proxy = programs.includes('kubectl') ? beginProxy(invocation, surroundings) : undefined;
  const exec = createExec();
  return {
    startProxy: (options) => proxy?.take(options) ?? startProxy(options),
    exec: (file, args, options) =>
      rendering?.take(file, args, options) ?? exec(file, args, options),
    end: () => {
      rendering?.end();
      proxy?.end();
    },
  };
}
