import { type ManifestObject, parseManifest } from '../release/manifest.ts';
import { type Change, diffTrees } from '../values/diff.ts';
import { type Layers, type Origin, originOf } from '../values/layers.ts';
import { printPath } from '../values/path.ts';
import { areEqual, deleteNode, type Node, setNode, type Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';
import { renderDraft } from './render-draft.ts';

/** A rendering takes a tenth of a second: more changes than these are not tried one by one. */
const mostChanges = 8;

/** A value that the user has changed, and where. */
interface Candidate {
  readonly change: Change;
  readonly origin: Origin;
}

/**
 * Values of the user's whose change makes no difference to any object: each is taken back alone,
 * and what is rendered compared. For an install those that were switched on or off.
 */
export async function findNoEffect(
  context: CommandContext,
  draft: Draft,
  objects: readonly ManifestObject[],
): Promise<readonly string[]> {
  const before = (draft.live?.values ?? draft.chartDefaults) as Tree;
  const candidates = findCandidates(draft.layers, diffTrees(before, draft.values));
  const wanted = objects as unknown as Node;
  const hasNone = async ({ change: { path, ...change } }: Candidate) => {
    const values =
      change.kind === 'added'
        ? deleteNode(draft.values, path)
        : setNode(draft.values, path, change.before);
    try {
      const rendered = await renderDraft(context, { ...draft, values });
      return areEqual(parseManifest(rendered) as unknown as Node, wanted);
    } catch {
      // The chart refuses the values without the change: it does have an effect.
      return false;
    }
  };
  const tried = candidates
    .filter(
      ({ change }) =>
        draft.live !== undefined ||
        (change.kind === 'changed' && typeof change.after === 'boolean'),
    )
    .slice(0, mostChanges);
  const without = await Promise.all(tried.map(hasNone));
  context.signal.throwIfAborted();
  return withoutParts(
    candidates,
    tried.filter((_, index) => without[index]),
  ).map(({ change }) => printPath(change.path));
}

/**
 * Changes that the user wrote down. What we put in ourselves (the reference to a Secret), what a
 * preset or the live release brings along, and what was only left out, nobody expects anything of.
 */
export function findCandidates(layers: Layers, changes: readonly Change[]): Candidate[] {
  return changes.flatMap((change) => {
    const origin = originOf(layers, change.path);
    return origin && written.has(origin.kind) ? [{ change, origin }] : [];
  });
}

const written = new Set<Origin['kind']>(['file', 'flag', 'set']);

/** A flag may set several values: it has no effect where none of them has one. */
export function withoutParts(
  candidates: readonly Candidate[],
  found: readonly Candidate[],
): readonly Candidate[] {
  const flagOf = ({ origin }: Candidate) => (origin.kind === 'flag' ? origin.flag : undefined);
  const effective = new Set(
    candidates.filter((candidate) => !found.includes(candidate)).map(flagOf),
  );
  return found.filter((candidate) => {
    const flag = flagOf(candidate);
    return flag === undefined || !effective.has(flag);
  });
}
