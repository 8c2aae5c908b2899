import {
  type PersistentVolume,
  persistentVolume,
  persistentVolumeClaim,
  pod,
} from '../cluster/objects.ts';
import type { Api, ApiResult } from '../cluster/types.ts';
import { claimLedger, type LedgerEntry } from './claims.ts';
import type { ManifestObject } from './manifest.ts';
import { paths } from './resource-paths.ts';

/**
 * Reads the ledger of a release: claims and pods of its namespace, and the volumes behind them.
 * Fails only where the claims cannot be read; what else may not be read is told as unknown.
 */
export async function readLedger(
  api: Api,
  target: { readonly namespace: string; readonly release: string },
  manifest: readonly ManifestObject[] | undefined,
  signal?: AbortSignal,
): Promise<ApiResult<LedgerEntry[]>> {
  const [claims, pods] = await Promise.all([
    api.list(paths.claims(target.namespace), persistentVolumeClaim, signal),
    api.list(paths.pods(target.namespace), pod, signal),
  ]);
  if (!claims.ok) return claims;
  const input = {
    release: target.release,
    manifest,
    pods: pods.ok ? pods.value : undefined,
    volumes: new Map<string, PersistentVolume>(),
  };
  const own = new Set(claimLedger({ ...input, claims: claims.value }).map(({ name }) => name));
  const relevant = claims.value.filter(({ metadata }) => own.has(metadata.name));
  const volumes = await readVolumes(
    api,
    relevant.flatMap(({ spec }) => spec.volumeName || []),
    signal,
  );
  return { ok: true, value: claimLedger({ ...input, claims: relevant, volumes }) };
}

async function readVolumes(
  api: Api,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, PersistentVolume>> {
  const volumes = await Promise.all(
    names.map((name) => api.get(paths.volume(name), persistentVolume, signal)),
  );
  return new Map(
    volumes.flatMap((result) => (result.ok ? [[result.value.metadata.name, result.value]] : [])),
  );
}
