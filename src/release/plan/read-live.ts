import * as z from 'zod/mini';
import { shareReads } from '../../cluster/share-reads.ts';
import type { Api } from '../../cluster/types.ts';
import type { Tree } from '../../values/tree.ts';
import { readKind } from '../dry-run/kinds.ts';
import type { ManifestObject } from '../manifest.ts';
import { resourcePath } from '../resource-paths.ts';
import { keyOf, type LiveObject } from './objects.ts';

const anyTree = z.record(z.string(), z.unknown());

/** Reads what stands under the objects' names, all at once. */
export async function readLiveObjects(
  api: Api,
  namespace: string,
  objects: readonly ManifestObject[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, LiveObject>> {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const lookups = shareReads(api);
  const found = await Promise.all(
    [...byKey].map(async ([key, object]): Promise<[string, LiveObject]> => {
      const kind = await readKind(lookups, object, signal);
      if (kind.state === 'not-served') return [key, { state: 'absent' }];
      if (kind.state === 'unknown') return [key, kind];
      const { apiVersion, metadata } = object;
      const path = resourcePath(
        apiVersion,
        kind.resource,
        metadata.namespace ?? namespace,
        metadata.name,
      );
      const answer = await api.get(path, anyTree, signal);
      if (answer.ok) return [key, { state: 'present', object: answer.value as Tree }];
      return answer.failure.kind === 'not-found'
        ? [key, { state: 'absent' }]
        : [key, { state: 'unknown', why: answer.failure.message }];
    }),
  );
  return new Map(found);
}
