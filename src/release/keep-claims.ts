import * as z from 'zod/mini';
import { configMap, secret } from '../cluster/objects.ts';
import type { Api, ApiFailure, ApiResult, Release } from '../cluster/types.ts';
import type { LedgerEntry } from './claims.ts';
import { anyObject } from './kinds.ts';
import {
  isKeptByHelm,
  type ManifestObject,
  parseManifest,
  resourcePolicyAnnotation,
  workloadsOf,
} from './manifest.ts';
import { paths } from './resource-paths.ts';
import { protectInStoredRelease, storedManifest } from './stored-manifest.ts';

type Sleep = (milliseconds: number) => Promise<void>;

/**
 * Makes `helm upgrade` leave claims alone that the new manifest no longer has: there helm looks
 * at the live object's annotation (pkg/kube/client.go, Update, in helm 3 and 4).
 */
export async function keepOnUpgrade(
  api: Api,
  namespace: string,
  claims: readonly string[],
  signal?: AbortSignal,
): Promise<ApiResult<void>> {
  const body = { metadata: { annotations: { [resourcePolicyAnnotation]: 'keep' } } };
  const answers = await Promise.all(
    claims.map((name) => api.patch(`${paths.claims(namespace)}/${name}`, body, anyObject, signal)),
  );
  return answers.find((answer) => !answer.ok) ?? done;
}

const done: ApiResult<void> = { ok: true, value: undefined };

/**
 * Makes `helm uninstall` leave chart-owned claims alone that the chart did not protect (upstream
 * 0.1.0). helm decides by the manifest that it stored with the newest revision, so that is where
 * the annotation has to stand; the live claim gets it too, for whoever looks there. An upgrade
 * that would store it is not possible with a chart that we do not have, nor for a release that is
 * pending or half removed; this works for all of them, and it is read back before anything goes.
 * @returns a failure where the record cannot be read, changed or understood: then nothing may be
 *   uninstalled
 */
export async function keepOnUninstall(
  api: Api,
  release: Release,
  claims: readonly string[],
  signal?: AbortSignal,
): Promise<ApiResult<void>> {
  const annotated = await keepOnUpgrade(api, release.namespace, claims, signal);
  if (!annotated.ok) return annotated;
  const record = await readRecord(api, release, signal);
  if (!record.ok) return record;
  const encoded = protectInStoredRelease(record.value.encoded, claims);
  if (encoded === undefined) return notUnderstood;
  const body = {
    // The server refuses the change if helm has written the record meanwhile.
    metadata: { resourceVersion: record.value.resourceVersion },
    data: { release: record.value.inSecret ? toBase64(encoded) : encoded },
  };
  const patched = await api.patch(record.value.path, body, anyObject, signal);
  if (!patched.ok) return patched;
  const again = await readRecord(api, release, signal);
  if (!again.ok) return again;
  const stored = parseManifest(storedManifest(again.value.encoded) ?? '');
  return claims.every((name) => isProtected(stored, name)) ? done : notUnderstood;
}

function isProtected(objects: readonly ManifestObject[], claim: string): boolean {
  return objects
    .filter(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name === claim)
    .every(({ metadata }) => isKeptByHelm(metadata.annotations));
}

const notUnderstood: ApiResult<never> = {
  ok: false,
  failure: {
    kind: 'other',
    message: 'helm’s release record has an unknown format',
  },
};

interface StoredRecord {
  readonly path: string;
  readonly inSecret: boolean;
  readonly resourceVersion: string | undefined;
  /** As helm encoded it. */
  readonly encoded: string;
}

/** The manifest of one stored revision; undefined where it cannot be read. */
export async function readStoredManifest(
  api: Api,
  release: RecordName,
): Promise<string | undefined> {
  const record = await readRecord(api, release, undefined);
  return record.ok ? storedManifest(record.value.encoded) : undefined;
}

type RecordName = Pick<Release, 'name' | 'namespace' | 'revision'>;

/** helm keeps its records in Secrets, or with HELM_DRIVER=configmap in ConfigMaps. */
async function readRecord(
  api: Api,
  { name, namespace, revision }: RecordName,
  signal: AbortSignal | undefined,
): Promise<ApiResult<StoredRecord>> {
  const record = `sh.helm.release.v1.${name}.v${revision}`;
  const secretPath = `${paths.secrets(namespace)}/${record}`;
  const inSecret = await api.get(secretPath, secret, signal);
  if (inSecret.ok) {
    const { metadata, data } = inSecret.value;
    const encoded = Buffer.from(data.release ?? '', 'base64').toString();
    return {
      ok: true,
      value: {
        path: secretPath,
        inSecret: true,
        resourceVersion: metadata.resourceVersion,
        encoded,
      },
    };
  }
  const mapPath = `/api/v1/namespaces/${namespace}/configmaps/${record}`;
  const inMap = await api.get(mapPath, configMap, signal);
  if (!inMap.ok) return inSecret.failure.kind === 'not-found' ? inMap : inSecret;
  const { metadata, data } = inMap.value;
  return {
    ok: true,
    value: {
      path: mapPath,
      inSecret: false,
      resourceVersion: metadata.resourceVersion,
      encoded: data.release ?? '',
    },
  };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** How long the StatefulSet's controller may take to let go of its claims, in milliseconds. */
const letGoMilliseconds = 15_000;

/**
 * Takes claims away from a StatefulSet whose retention policy would delete them with it
 * (persistentVolumeClaimRetentionPolicy.whenDeleted: Delete): sets the policy to Retain and waits
 * until its controller has taken the owner references off.
 */
export async function keepWithStatefulSet(
  api: Api,
  namespace: string,
  manifest: readonly ManifestObject[],
  entries: readonly LedgerEntry[],
  sleep: Sleep,
): Promise<ApiResult<void>> {
  const sets = workloadsOf(manifest).filter(({ kind }) => kind === 'StatefulSet');
  const body = { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } } };
  for (const { name } of sets) {
    const patched = await api.patch(`${paths.statefulSets(namespace)}/${name}`, body, anyObject);
    if (!patched.ok && patched.failure.kind !== 'not-found') return patched;
  }
  for (let waited = 0; waited < letGoMilliseconds; waited += 300) {
    const claims = await Promise.all(
      entries.map(({ name }) => api.get(`${paths.claims(namespace)}/${name}`, claimOwners)),
    );
    if (claims.every((claim) => claim.ok && claim.value)) return done;
    await sleep(300);
  }
  const failure: ApiFailure = {
    kind: 'timeout',
    message: 'the StatefulSet’s controller still holds the claims',
  };
  return { ok: false, failure };
}

/** Whether no StatefulSet owns the claim any more. */
const claimOwners = z.pipe(
  anyObject,
  z.transform(({ metadata }) =>
    metadata.ownerReferences.every(({ kind }) => kind !== 'StatefulSet'),
  ),
);
