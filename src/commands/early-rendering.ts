import { findProgram } from '../cluster/find-program.ts';
import { usualRendering } from '../head-start/usual-rendering.ts';
import type { Chart } from '../release/types.ts';
import { type Capabilities, rendersAlike, usualCluster } from '../values/chart-capabilities.ts';
import { type Layers, userValues } from '../values/layers.ts';
import { takeSecrets } from '../values/secrets.ts';
import { areEqual, type Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import { createOfflineHelm } from './offline-helm.ts';
import { renderValues } from './render-values.ts';
import { readTargetFlags } from './target-flags.ts';

/** What is to be rendered once the cluster has answered. */
export interface WantedRendering {
  readonly values: Tree;
  readonly namespace: string;
  readonly release: string;
  readonly served: Capabilities;
}

/** A rendering that was begun before the cluster had answered. */
export interface EarlyRendering {
  /** What comes of it, where it is what is wanted; else it is ended, and undefined. */
  readonly take: (wanted: WantedRendering) => Promise<string> | undefined;
}

/**
 * Lets helm render while kubectl starts and the cluster is asked: for a cluster as most are, since
 * the bundled chart asks few questions about it. Where the values turn out to be others (those of
 * the live release, a Secret's name) or the cluster is another, the rendering is not used.
 * @param layers of values that fit the chart's schema
 * @param until ends it
 */
export function beginRendering(
  context: CommandContext,
  { bundled, reference }: Chart,
  layers: Layers,
  until: AbortSignal,
): EarlyRendering | undefined {
  const { layers: free, taken } = takeSecrets(layers, (backend) => backend);
  // The name of a Secret that is still to be made is decided by what is in the cluster.
  if (!bundled || taken.length > 0) return undefined;
  const { namespace, release } = readTargetFlags(context.flags);
  const values = userValues(free);
  const given = new AbortController();
  const rendering = render();
  // Told to who takes it; until then it must not count as unhandled.
  rendering.catch(() => {});
  return {
    take: (wanted) => {
      const isSame =
        wanted.namespace === namespace &&
        wanted.release === release &&
        rendersAlike(usualCluster, wanted.served) &&
        areEqual(wanted.values, values);
      if (isSame) return rendering;
      given.abort();
      return undefined;
    },
  };

  async function render(): Promise<string> {
    const program = findProgram('helm', context.env);
    // Told by the session, which looks for it, too.
    if (!program.found) return '';
    const place = { chart: { reference }, namespace, release };
    return renderValues(createOfflineHelm(program.path, context), values, {
      ...usualRendering(program.path, place, context),
      signal: AbortSignal.any([until, given.signal]),
    });
  }
}
