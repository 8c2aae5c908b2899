import * as z from 'zod/mini';
import { inParallel } from '../in-parallel.ts';
import { configMap, objectMetadata, secret } from '../objects.ts';
import type {
  Api,
  ApiResult,
  ObjectMetadata,
  ReleaseHistory,
  ReleaseStorage,
  StoredRelease,
} from '../types.ts';
import { decodeRelease } from './decode.ts';
import { sortReleases } from './sort.ts';

/** Requests at a time when the releases of a whole cluster are read. */
const parallelReads = 8;

/** How helm names its objects: this, the release, `.v` and the revision. */
const objectPrefix = 'sh.helm.release.v1.';

/**
 * Names the revision of the release whose pods last ran, on helm's object of that revision. helm
 * takes labels of users along to each revision that follows (3.13 and newer), so the value says
 * which one is meant.
 */
const ranLabel = 'create-xerv-deploy/ran-revision';

/** One stored revision, by the labels of its object. Source: helm, pkg/storage/driver. */
interface StoredRevision {
  readonly object: string;
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  readonly status: string;
  /** What {@link ranLabel} says; not a number where there is none. */
  readonly ran: number;
}

const labelled = z.looseObject({ metadata: objectMetadata });

/**
 * helm's storage read through the API: a request instead of a process. Revisions are told by the
 * labels alone, and only what is asked for is fetched whole.
 */
export function createObjectStorage(api: Api, kind: 'secrets' | 'configmaps'): ReleaseStorage {
  const listRevisions = async (
    namespace: string | undefined,
    name: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<ApiResult<StoredRevision[]>> => {
    const selector = name === undefined ? 'owner=helm' : `owner=helm,name=${name}`;
    const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
    const path = `/api/v1${scope}/${kind}?labelSelector=${encodeURIComponent(selector)}`;
    const listed = await api.listMetadata(path, signal);
    if (!listed.ok) return listed;
    const revisions = listed.value.flatMap((metadata) => toRevision(metadata, namespace));
    return { ok: true, value: revisions.sort((a, b) => b.revision - a.revision) };
  };

  const pathOf = ({ namespace, object }: StoredRevision) =>
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/${kind}/${encodeURIComponent(object)}`;

  /** undefined where it went away meanwhile. */
  const read = async (
    revision: StoredRevision,
    signal: AbortSignal | undefined,
  ): Promise<ApiResult<StoredRelease | undefined>> => {
    const found = await api.get(pathOf(revision), kind === 'secrets' ? secret : configMap, signal);
    if (!found.ok)
      return found.failure.kind === 'not-found' ? { ok: true, value: undefined } : found;
    const data = found.value.data.release ?? '';
    const stored = kind === 'secrets' ? Buffer.from(data, 'base64').toString('latin1') : data;
    const release = await decodeRelease(stored);
    if (release) return { ok: true, value: { ...release, namespace: revision.namespace } };
    return { ok: false, failure: { kind: 'other', message: unreadable(revision, kind) } };
  };

  return {
    async history({ namespace, name }, signal) {
      for (;;) {
        const listed = await listRevisions(namespace, name, signal);
        if (!listed.ok) return listed;
        const [newest] = listed.value;
        if (!newest) return { ok: true, value: undefined };
        const release = await read(newest, signal);
        if (!release.ok) return release;
        // helm removed it between the two requests: look again.
        if (release.value) return { ok: true, value: toHistory(release.value, listed.value) };
      }
    },
    async markRan({ namespace, name, before }) {
      const listed = await listRevisions(namespace, name, undefined);
      const newest = listed.ok ? listed.value[0] : undefined;
      const isIt = before === undefined || newest?.revision === before + 1;
      if (newest?.status !== 'deployed' || !isIt) return;
      const body = { metadata: { labels: { [ranLabel]: String(newest.revision) } } };
      await api.patch(pathOf(newest), body, labelled);
    },
    async list({ namespace, chartName }, signal) {
      const listed = await listRevisions(namespace, undefined, signal);
      if (!listed.ok) return listed;
      const newest = firstOfEach(listed.value);
      const reads = await inParallel(newest, parallelReads, (one) => read(one, signal));
      const releases: StoredRelease[] = [];
      for (const one of reads) {
        if (!one.ok) return one;
        if (one.value && (chartName === undefined || one.value.chartName === chartName))
          releases.push(one.value);
      }
      return { ok: true, value: sortReleases(releases) };
    },
  };
}

function toRevision(metadata: ObjectMetadata, namespace: string | undefined): StoredRevision[] {
  const { name, version, status = 'unknown' } = metadata.labels ?? {};
  const revision = Number(version);
  const where = metadata.namespace ?? namespace;
  if (!metadata.name.startsWith(objectPrefix) || !name || !where || !Number.isInteger(revision))
    return [];
  const ran = Number(metadata.labels?.[ranLabel] ?? Number.NaN);
  return [{ object: metadata.name, namespace: where, name, revision, status, ran }];
}

function toHistory(newest: StoredRelease, revisions: readonly StoredRevision[]): ReleaseHistory {
  return {
    newest,
    deployedRevision: revisions.find(({ status }) => status === 'deployed')?.revision,
    ranRevisions: revisions.flatMap(({ revision }) =>
      revisions.some(({ ran }) => ran === revision) ? [revision] : [],
    ),
    revisions: revisions.map(({ revision, status }) => ({ revision, status })),
  };
}

/** The newest revision of each release; they are sorted. */
function firstOfEach(revisions: readonly StoredRevision[]): StoredRevision[] {
  const newest = new Map<string, StoredRevision>();
  for (const revision of revisions) {
    const key = `${revision.namespace}/${revision.name}`;
    if (!newest.has(key)) newest.set(key, revision);
  }
  return [...newest.values()];
}

function unreadable({ name, revision, object }: StoredRevision, kind: string): string {
  return `what helm stored of release ${name}, revision ${revision} (${kind} ${object}) cannot be read`;
}
