import type { Tree } from '../../values/tree.ts';
import { isPartOfRelease } from '../dry-run/as-helm.ts';
import type { TriedObject } from '../dry-run.ts';
import { isKeptByHelm, type ManifestObject } from '../manifest.ts';
import { dropRemoved } from './client-side.ts';
import { compareObjects } from './compare.ts';
import { objectActions, type PlannedObject } from './types.ts';

/** What stands in the cluster under an object's name. */
export type LiveObject =
  | { readonly state: 'present'; readonly object: Tree }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly why: string };

export interface ObjectsInput {
  readonly wanted: readonly ManifestObject[];
  /** What the API server would store of each of them. */
  readonly tried: readonly TriedObject[];
  /** Objects of the live release's manifest. */
  readonly former: readonly ManifestObject[];
  /** Keyed by `Kind/name`. */
  readonly live: ReadonlyMap<string, LiveObject>;
  /** Claims that are kept though the new manifest lacks them. */
  readonly claimsToKeep: readonly string[];
  /** Whether helm's change takes away what only its former manifest had, by itself. */
  readonly serverSide: boolean;
}

export const keyOf = ({ kind, metadata }: ManifestObject) => `${kind}/${metadata.name}`;

/** What becomes of every object of the release; removals first. Pure. */
export function planObjects(input: ObjectsInput): PlannedObject[] {
  const wanted = input.wanted.filter(isPartOfRelease);
  const names = new Set(wanted.map(keyOf));
  const gone = input.former.filter(
    (object) => isPartOfRelease(object) && !names.has(keyOf(object)),
  );
  const planned = [
    ...gone.flatMap((object) => planRemoval(object, input)),
    ...wanted.map((object) => planObject(object, input)),
  ];
  return planned.sort(
    (one, other) => objectActions.indexOf(one.action) - objectActions.indexOf(other.action),
  );
}

function planRemoval(object: ManifestObject, input: ObjectsInput): PlannedObject[] {
  const key = keyOf(object);
  const live = input.live.get(key);
  const keep = { object: key, action: 'kept' as const, changes: [] };
  if (live?.state === 'absent') return [];
  if (object.kind === 'PersistentVolumeClaim' && input.claimsToKeep.includes(object.metadata.name))
    return [{ ...keep, because: 'no longer used; kept with its data' }];
  // On an upgrade helm looks at the live object's annotation (pkg/kube/client.go, Update).
  if (live?.state === 'present' && isKeptByHelm(annotationsOf(live.object)))
    return [{ ...keep, because: 'no longer used; marked as to be kept' }];
  return [{ object: key, action: 'removed', changes: [] }];
}

function annotationsOf({ metadata }: Tree): Readonly<Record<string, string>> {
  const { annotations } = (metadata ?? {}) as { annotations?: Readonly<Record<string, string>> };
  return annotations ?? {};
}

function planObject(source: ManifestObject, input: ObjectsInput): PlannedObject {
  const object = keyOf(source);
  const live = input.live.get(object);
  const tried = input.tried.find((one) => one.source === source || one.entry.object === object);
  if (live?.state === 'absent') return { object, action: 'created', changes: [] };
  if (live?.state !== 'present')
    return { object, action: 'unknown', changes: [], because: live?.why ?? 'not looked at' };
  const former = input.former.find((one) => keyOf(one) === object);
  const after = tried?.stored as Tree | undefined;
  if (after) {
    const settled =
      input.serverSide || !former
        ? after
        : dropRemoved(after, former as unknown as Tree, source as unknown as Tree);
    const changes = compareObjects(live.object, settled);
    return { object, action: changes.length > 0 ? 'changed' : 'unchanged', changes };
  }
  // The server would not take it: what the manifests say is all that can be compared.
  const changes = former
    ? compareObjects(former as unknown as Tree, source as unknown as Tree)
    : [];
  if (tried?.entry.reason === 'immutable')
    return {
      object,
      action: 'replaced',
      changes,
      because: 'an immutable field would change: it has to be replaced (XV-903)',
    };
  if (former && changes.length === 0) return { object, action: 'unchanged', changes };
  return {
    object,
    action: former ? 'changed' : 'unknown',
    changes,
    because: 'compared with the stored manifest: the API server gave no dry run of it',
  };
}
