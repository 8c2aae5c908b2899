import type { FactValue } from '../cluster/facts/facts.ts';
import { shareReads } from '../cluster/share-reads.ts';
import type { Api, TriedOut, TryOut } from '../cluster/types.ts';
import { redact } from '../values/mask.ts';
import { getNode, type Tree } from '../values/tree.ts';
import { asHelmSends, hooksOf, type SentRelease } from './dry-run/as-helm.ts';
import { mergePatchOf } from './dry-run/as-helm-3.ts';
import { classify } from './dry-run/classify.ts';
import { crdName, readKind } from './dry-run/kinds.ts';
import { podOfTemplate } from './dry-run/pod.ts';
import type { ManifestObject } from './manifest.ts';
import { resourcePath } from './resource-paths.ts';
import type { TargetState } from './target-state.ts';

type DryRunEntry = FactValue<'dryRun'>[number];

/** What the API server said of one object. */
export interface TriedObject {
  readonly entry: DryRunEntry;
  /** The rendered object; undefined for the Namespace and for pods made of templates. */
  readonly source: ManifestObject | undefined;
  /** As it would be stored; only where it was accepted in its own namespace. */
  readonly stored?: Readonly<Record<string, unknown>>;
}

export interface DryRunInput extends SentRelease {
  readonly objects: readonly ManifestObject[];
  readonly state: TargetState['namespace'];
  /** Whether helm would use server-side apply; it refuses what another manager owns. */
  readonly serverSide: boolean;
  /** Objects of the live release's manifest. */
  readonly former: readonly ManifestObject[];
}

/** Where objects are judged while their own namespace does not exist: every cluster has it. */
const elsewhere = 'default';
/** helm's name as a field manager, in helm 3 and 4. */
const fieldManager = 'helm';

/**
 * Asks the API server about every object that helm would send, and about the pods that would come
 * of it; nothing is written.
 *
 * Server-side apply is used whatever helm is at hand. It is what helm 4 does, conflicts
 * included; and where helm 3 would POST or PATCH, the apply that takes fields over ends in the
 * same object before the same admission, without our computing the patch. (What only helm 3 lets
 * through, two entries of a list with one key, is a fault of the chart all the same.) But an apply
 * leaves fields that helm 3 wrote before, which can contradict the new ones: an object that it
 * finds invalid is tried once more as helm 3 would change it.
 */
export async function dryRunObjects(
  api: Api,
  input: DryRunInput,
  signal?: AbortSignal,
): Promise<readonly TriedObject[]> {
  const run = beginDryRun(api, input, signal);
  input.objects.forEach(run.add);
  return run.finish();
}

/** A dry run of objects that come one after the other. */
export interface DryRun {
  /** In helm's order, in which accounts come before the pods that name them. */
  readonly add: (object: ManifestObject) => void;
  /** After the last one. @returns what was said of them, in their order */
  readonly finish: () => Promise<readonly TriedObject[]>;
}

/** Begins what {@link dryRunObjects} does before all objects are there. */
export function beginDryRun(
  api: Api,
  input: Omit<DryRunInput, 'objects'>,
  signal?: AbortSignal,
): DryRun {
  const begin = <T>(tried: Promise<T>): Promise<T> => {
    // Told to who waits for the end; until then it must not count as unhandled.
    tried.catch(() => {});
    return tried;
  };
  const lookups = shareReads(api);
  const namespace = input.state === 'absent' ? [begin(tryNamespace(api, input, signal))] : [];
  const missing: string[] = [];
  const sent: Promise<TriedObject | undefined>[] = [];
  return {
    add: (object) => {
      if (hooksOf(object).some(isTestHook)) return;
      if (object.kind === 'ServiceAccount') missing.push(object.metadata.name);
      sent.push(
        begin(tryObject(api, lookups, input, object, signal)),
        begin(tryPod(api, input, object, missing, signal)),
      );
    },
    finish: async () => {
      const tried = await Promise.all([...namespace, ...sent]);
      return tried.filter((one) => one !== undefined);
    },
  };
}

const isTestHook = (hook: string) => hook === 'test' || hook === 'test-success';

async function tryNamespace(
  api: Api,
  { namespace }: Pick<DryRunInput, 'namespace'>,
  signal: AbortSignal | undefined,
): Promise<TriedObject> {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  const tried = await api.tryOut(
    { method: 'create', path: '/api/v1/namespaces', object, fieldManager },
    signal,
  );
  return toTried(`Namespace/${namespace}`, undefined, tried, false);
}

async function tryObject(
  api: Api,
  lookups: Api,
  input: Omit<DryRunInput, 'objects'>,
  object: ManifestObject,
  signal: AbortSignal | undefined,
): Promise<TriedObject> {
  const kind = await readKind(lookups, object, signal);
  const name = `${object.kind}/${object.metadata.name}`;
  if (kind.state === 'unknown') return untried(name, object, 'unknown', 'failed', kind.why);
  if (kind.state === 'not-served') {
    const crd = crdName(object);
    const missing = `The cluster does not serve ${object.kind} of ${object.apiVersion}`;
    const words = crd ? `${missing}: CustomResourceDefinition ${crd} is not there.` : `${missing}.`;
    return untried(name, object, 'refused', 'not-served', words);
  }
  const { resource } = kind;
  const sent = asHelmSends(object, input, resource.namespaced);
  const moved = input.state === 'absent' && resource.namespaced;
  const body = moved ? moveElsewhere(sent) : sent;
  const hook = hooksOf(object).length > 0;
  const { apiVersion, metadata } = body;
  const request: TryOut = {
    method: hook ? 'create' : 'apply',
    path: resourcePath(
      apiVersion,
      resource,
      metadata.namespace ?? input.namespace,
      hook ? undefined : metadata.name,
    ),
    object: body,
    fieldManager,
    force: !input.serverSide,
  };
  const tried = await api.tryOut(request, signal);
  const former = input.former.find(
    (one) => one.kind === object.kind && one.metadata.name === metadata.name,
  );
  if (input.serverSide || former === undefined || !isInvalid(tried))
    return toTried(name, object, tried, moved);
  const before = asHelmSends(former, input, resource.namespaced);
  const patch = mergePatchOf(before as unknown as Tree, body as unknown as Tree);
  const again = await api.tryOut({ ...request, method: 'merge', object: patch }, signal);
  return toTried(name, object, again, moved);
}

function isInvalid({ result }: TriedOut): boolean {
  return !result.ok && classify(result.failure).reason === 'invalid';
}

/** Under another name: an object of that name there is somebody else's. */
function moveElsewhere(object: ManifestObject): ManifestObject {
  // Nothing secret: node:crypto would take longer to load than the name to be judged.
  const suffix = Math.floor(Math.random() * 2 ** 32).toString(36);
  const name = `${object.metadata.name.slice(0, 40)}-${suffix}`;
  return { ...object, metadata: { ...object.metadata, name, namespace: elsewhere } };
}

async function tryPod(
  api: Api,
  input: Omit<DryRunInput, 'objects'>,
  source: ManifestObject,
  /** Names of ServiceAccounts that are still to be made. */
  missing: readonly string[],
  signal: AbortSignal | undefined,
): Promise<TriedObject | undefined> {
  const moved = input.state === 'absent';
  const namespace = moved ? elsewhere : (source.metadata.namespace ?? input.namespace);
  const pod = podOfTemplate(source, namespace, missing);
  if (!pod) return undefined;
  const tried = await api.tryOut(
    {
      method: 'create',
      path: `/api/v1/namespaces/${namespace}/pods`,
      object: pod.object,
      fieldManager,
    },
    signal,
  );
  const judged = toTried(`Pod/${source.metadata.name}-*`, undefined, tried, moved);
  const { outcome, message } = judged.entry;
  // Another account stands in for the one that the pods will have.
  if (pod.hasOtherAccount && outcome === 'refused' && /account/i.test(message))
    return { ...judged, entry: { ...judged.entry, outcome: 'unknown' } };
  // It is the controller that makes pods; that this user may not says nothing.
  if (judged.entry.reason !== 'forbidden') return judged;
  return { ...judged, entry: { ...judged.entry, outcome: 'unknown' } };
}

function untried(
  object: string,
  source: ManifestObject,
  outcome: 'refused' | 'unknown',
  reason: string,
  message: string,
): TriedObject {
  return { source, entry: { object, outcome, reason, message, warnings: [], elsewhere: false } };
}

function toTried(
  object: string,
  source: ManifestObject | undefined,
  { result, warnings }: TriedOut,
  moved: boolean,
): TriedObject {
  const told = warnings
    // Another namespace's level says nothing of ours.
    .filter((text) => !(moved && text.includes('PodSecurity')))
    .map((text) => redact(text, []));
  const entry = { object, warnings: told, elsewhere: moved };
  if (result.ok)
    return {
      source,
      entry: {
        ...entry,
        outcome: 'accepted',
        reason: '',
        message: '',
        ...(!moved && source && wouldBeMade(result.value) ? { isNew: true } : {}),
      },
      ...(moved ? {} : { stored: result.value }),
    };
  const { outcome, reason } = classify(result.failure);
  const message = redact(result.failure.message, []);
  // What a namespace forbids that is not ours says nothing of ours.
  const skipped = moved && !judgedElsewhere.has(reason);
  return { source, entry: { ...entry, outcome: skipped ? 'skipped' : outcome, reason, message } };
}

/** The server gives a resource version to what is stored only, which nothing of a dry run is. */
function wouldBeMade(answer: Readonly<Record<string, unknown>>): boolean {
  return !getNode(answer as Tree, ['metadata', 'resourceVersion']);
}

/** What is wrong with an object wherever it is sent. */
const judgedElsewhere: ReadonlySet<string> = new Set(['invalid', 'unknown-field', 'not-served']);
