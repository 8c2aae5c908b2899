import type { Values } from '../values/schema/index.ts';

/** The value that names the StorageClass of /data; undefined where no claim is made. */
export function classPath({ dispatch, persistence }: Values): readonly string[] | undefined {
  if (dispatch.backend === 'raft') return ['storage', 'class'];
  return persistence.enabled && persistence.existingClaim === ''
    ? ['persistence', 'storageClass']
    : undefined;
}
