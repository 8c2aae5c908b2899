import { type ManifestObject, parseManifest } from '../release/manifest.ts';
import { diffTrees } from '../values/diff.ts';
import { printPath } from '../values/path.ts';
import { areEqual, deleteNode, type Node, setNode, type Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';
import { renderDraft } from './render-draft.ts';

/** A rendering takes a tenth of a second: more changes than these are not tried one by one. */
const mostChanges = 8;

/**
 * Changed values whose change makes no difference to any object: each is taken back alone, and
 * what is rendered compared. For an install those that were switched on or off.
 */
export async function findNoEffect(
  context: CommandContext,
  draft: Draft,
  objects: readonly ManifestObject[],
): Promise<readonly string[]> {
  const before = (draft.live?.values ?? draft.chartDefaults) as Tree;
  const changes = diffTrees(before, draft.values).filter(
    (change) =>
      draft.live !== undefined || (change.kind === 'changed' && typeof change.after === 'boolean'),
  );
  const wanted = objects as unknown as Node;
  const found = await Promise.all(
    changes.slice(0, mostChanges).map(async ({ path, ...change }): Promise<string[]> => {
      const values =
        change.kind === 'added'
          ? deleteNode(draft.values, path)
          : setNode(draft.values, path, change.before);
      try {
        const rendered = await renderDraft(context, { ...draft, values });
        const same = areEqual(parseManifest(rendered) as unknown as Node, wanted);
        return same ? [printPath(path)] : [];
      } catch {
        // The chart refuses the values without the change: it does have an effect.
        return [];
      }
    }),
  );
  context.signal.throwIfAborted();
  return found.flat();
}
