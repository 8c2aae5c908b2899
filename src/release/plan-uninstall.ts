import { describeApiFailure } from '../cluster/failure-problem.ts';
import type { Release } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { describeFate, type LedgerEntry } from './claims.ts';
import { type CommandTarget, kubectlCommand } from './command-text.ts';
import { findElsewhere } from './find-elsewhere.ts';
import { isKeptByHelm, type ManifestObject, parseManifest } from './manifest.ts';
import { permissionProblems } from './preconditions/permissions.ts';
import {
  isInstalled,
  isPending,
  nothingInstalled,
  releaseStateProblems,
} from './preconditions/release-state.ts';
import { readLedger } from './read-claims.ts';
import { listOurSecrets } from './secrets.ts';
import type { Target } from './target.ts';
import { readTargetState } from './target-state.ts';
import type { ReleaseDependencies } from './types.ts';

/** What an uninstall would do; made before consent, carried out unchanged after it. */
export interface UninstallPlan {
  readonly target: Target;
  /** undefined: the release is gone, and only what it left behind is there. */
  readonly release: Release | undefined;
  readonly manifest: readonly ManifestObject[];
  /** "StatefulSet xerv": what helm removes. */
  readonly removes: readonly string[];
  /** Objects that the chart tells helm to leave, but for claims: those are in the ledger. */
  readonly leaves: readonly string[];
  /** Every claim that has to do with the release, and what becomes of it. */
  readonly ledger: readonly LedgerEntry[];
  /** Secrets of ours that go with the release. */
  readonly secrets: readonly string[];
  /** Whether the namespace is being deleted: no claim in it can be kept then. */
  readonly namespaceEnds: boolean;
  /** Worth knowing before consent. */
  readonly warnings: readonly string[];
  /** What forbids it; nothing may be done then. */
  readonly problems: readonly Problem[];
}

/** Claims of the ledger that are the release's own, and go with `--delete-data`. */
export function ownClaims({ ledger }: Pick<UninstallPlan, 'ledger'>): LedgerEntry[] {
  return ledger.filter(({ owner }) => owner !== 'user');
}

/** Looks at the release and at everything that its removal touches. Writes nothing. */
export async function planUninstall(
  deps: ReleaseDependencies,
  target: Target,
  signal?: AbortSignal,
): Promise<UninstallPlan> {
  const { api, access } = deps;
  const state = await readTargetState(deps, target, signal);
  const nothing: UninstallPlan = {
    target,
    release: undefined,
    manifest: [],
    removes: [],
    leaves: [],
    ledger: [],
    secrets: [],
    namespaceEnds: state.namespace === 'terminating',
    warnings: [],
    problems: state.problems,
  };
  if (state.problems.length > 0) return nothing;
  const release = isInstalled(state.history) ? state.history.newest : undefined;
  const manifest = parseManifest(release?.manifest ?? '');
  const problems = releaseStateProblems({
    target,
    action: 'uninstall',
    chartName: 'xerv',
    history: state.history,
    now: deps.now(),
  });
  if (problems.length > 0) return { ...nothing, problems };
  const [ledger, secrets, forbidden] = await Promise.all([
    readLedger(api, target, release ? manifest : undefined, signal),
    listOurSecrets(api, target, signal),
    release ? permissionProblems(api, { ...target, action: 'uninstall' }, manifest, signal) : [],
  ]);
  const doing = `read the claims of namespace ${target.namespace}`;
  const unread = ledger.ok ? [] : [describeApiFailure(ledger.failure, { doing, access })];
  const plan = {
    ...nothing,
    release,
    manifest,
    removes: manifest.filter((object) => !isLeft(object)).map(nameOf),
    leaves: manifest.filter((object) => isLeft(object) && !isClaim(object)).map(nameOf),
    ledger: ledger.ok ? ledger.value.map((entry) => inNamespace(entry, nothing)) : [],
    secrets: secrets.ok ? secrets.value : [],
    warnings: [
      ...(release ? warningsOf(release) : []),
      ...(nothing.namespaceEnds ? [namespaceEnding(target, ledger.ok ? ledger.value : [])] : []),
    ],
    problems: [...unread, ...forbidden],
  };
  const empty = !release && ownClaims(plan).length === 0 && plan.secrets.length === 0;
  if (!empty || plan.problems.length > 0) return plan;
  const elsewhere = await findElsewhere(deps, target, signal);
  return { ...plan, problems: [nothingInstalled(target, 'uninstall', elsewhere)] };
}

/** A namespace that is being deleted takes its claims along, whoever made them. */
function inNamespace(entry: LedgerEntry, { namespaceEnds }: UninstallPlan): LedgerEntry {
  if (!namespaceEnds) return entry;
  return { ...entry, onKeep: `${describeFate(entry.volume)}: its namespace is being deleted` };
}

/**
 * That a namespace is being deleted, and with it the data of a release; and what keeps the volumes.
 * @param ledger the release's claims; without them, only that it is so
 */
export function namespaceEnding(
  target: CommandTarget,
  ledger: readonly Pick<LedgerEntry, 'volume'>[],
): string {
  const erased = ledger.flatMap(({ volume }) =>
    volume.kind === 'known' && volume.reclaimPolicy === 'Delete' ? [volume.name] : [],
  );
  const patch = JSON.stringify({ spec: { persistentVolumeReclaimPolicy: 'Retain' } });
  const anywhere = { ...target, namespace: '' };
  return [
    `Namespace ${target.namespace} is being deleted, and every claim in it with it.`,
    ...(erased.length > 0
      ? [
          `To keep the volumes and their data, run this now: ${kubectlCommand(anywhere, 'patch', 'pv', ...erased, '-p', patch)}`,
        ]
      : []),
  ].join(' ');
}

function isLeft({ metadata, ...object }: ManifestObject): boolean {
  // All claims are the ledger's matter, also those that the chart does not protect.
  return isKeptByHelm(metadata.annotations) || object.kind === 'PersistentVolumeClaim';
}

function isClaim({ kind }: ManifestObject): boolean {
  return kind === 'PersistentVolumeClaim';
}

function nameOf({ kind, metadata }: ManifestObject): string {
  return `${kind} ${metadata.name}`;
}

function warningsOf({ status, name, updated }: Release): string[] {
  if (isPending(status))
    return [
      `Release ${name} is ${status} since ${updated}: if helm is still running for it, let that finish first.`,
    ];
  if (status === 'uninstalling')
    return [`Release ${name} is half removed: an earlier uninstall did not finish.`];
  return [];
}
