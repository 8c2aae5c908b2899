import { setTimeout as pause } from 'node:timers/promises';
import { connectionError, passesByItself } from '../../cluster/connection-error.ts';
import { type ClusterFacts, known } from '../../cluster/facts/facts.ts';
import { gatherFacts } from '../../cluster/facts/gather.ts';
import { clusterGatherers } from '../../cluster/facts/gatherers.ts';
import { releaseFact } from '../../cluster/facts/release-fact.ts';
import { subjectOf } from '../../cluster/facts/subject.ts';
import { DeployError } from '../../errors.ts';
import { isInstalled } from '../../release/preconditions/release-state.ts';
import type { ChartSchema } from '../../values/chart-schema.ts';
import type { World } from '../../wizard/state.ts';
import { builtOptionFacts } from '../built-data.ts';
import type { Look } from '../look.ts';
import type { Session } from '../session.ts';
import type { Clusters } from './clusters.ts';
import { liveOf } from './live-of.ts';
import type { Effect } from './runner.ts';

/** Facts that come within this time are told together. */
const gatherMilliseconds = 30;

/**
 * Before the cluster is asked again, in milliseconds: two seconds at first, then longer, a minute
 * in the end. After that only on request, or a login that has expired would be asked for anew.
 */
const usualPauses: readonly number[] = [2, 4, 8, 15, 30, 60, 60, 60, 60, 60, 60, 60, 60].map(
  (seconds) => seconds * 1000,
);

/** What a connection tells, and until when. */
interface Teller {
  readonly world: (world: Partial<Omit<World, 'facts' | 'looks' | 'files'>>) => void;
  readonly facts: (facts: ClusterFacts) => void;
  readonly schema: ChartSchema;
  readonly signal: AbortSignal;
}

/**
 * Connects, and tells what is there: the release that runs, and the facts as each one comes. Where
 * the cluster cannot be reached, or has stopped answering, it is asked again now and then, without a
 * word until it answers. A login program is not called for that: a loss is seen by who asks for
 * something, which has brought the credentials up to date, or failed for want of them.
 */
export function createConnect(clusters: Clusters, pauses = usualPauses): Effect<'connect'> {
  return async ({ key, context, namespace, release }, { tell, state, signal }) => {
    const teller: Teller = {
      world: (world) => tell({ type: 'world', key, world }),
      facts: (facts) => tell({ type: 'facts', key, facts }),
      schema: state().schema,
      signal,
    };
    const connect = async () => {
      const session = await clusters.open({ context, namespace, release }, signal);
      const look = session.look(session.target);
      await Promise.all([
        tellVersion(look, teller),
        tellTarget(session, look, teller),
        tellFacts(session, look, teller),
      ]);
    };
    // One that was there, and answers no longer, was asked in vain a moment ago.
    const isLost = state().world.connection === 'lost';
    if (!isLost)
      teller.world({ connection: 'connecting', problems: [], looksAgain: false, loginWords: [] });
    const tries = isLost ? pauses : [0, ...pauses];
    for (const [index, milliseconds] of tries.entries()) {
      if (milliseconds > 0) await pause(milliseconds, undefined, { signal });
      const error = await connect().then(() => undefined, asFailure);
      if (error === undefined || signal.aborted) return;
      const looksAgain = index < tries.length - 1 && passesByItself(error);
      tellAway(error.problems, looksAgain, state().world, teller);
      if (!looksAgain) return;
    }
  };
}

function asFailure(error: unknown): DeployError {
  if (error instanceof DeployError) return error;
  throw error;
}

/** The same is not told twice. */
function tellAway(
  problems: World['problems'],
  looksAgain: boolean,
  before: World,
  { world }: Teller,
): void {
  const connection = before.lostSince === undefined ? 'offline' : 'lost';
  const isSame =
    before.connection === connection &&
    before.looksAgain === looksAgain &&
    JSON.stringify(before.problems) === JSON.stringify(problems);
  if (!isSame) world({ connection, problems, looksAgain });
}

/** What the first line of the screen says: told before all else. */
async function tellVersion({ served }: Look, { world }: Teller): Promise<void> {
  const answer = await served;
  const kubernetes = answer.ok ? versionOf(answer.served.kubeVersion) : undefined;
  world({ kubernetes, loginWords: [] });
}

async function tellTarget(
  { target, access }: Session,
  { state }: Look,
  { world, facts }: Teller,
): Promise<void> {
  const { history, problems, cut } = await state;
  if (cut) throw await connectionError(cut, { doing: 'ask the cluster', access }, access);
  const live = isInstalled(history) ? liveOf(history.newest) : undefined;
  facts({ release: known(releaseFact(history)) });
  world({ connection: 'connected', problems, looksAgain: false, target, live });
}

async function tellFacts({ target }: Session, { api }: Look, teller: Teller): Promise<void> {
  const { namespace, release } = target;
  const subject = subjectOf({ target: { namespace, release }, objects: [], effective: {} });
  // Each telling makes the wizard think anew, and dozens of parts come at nearly the same time.
  let untold: ClusterFacts = {};
  let telling: NodeJS.Timeout | undefined;
  const tellNow = () => {
    clearTimeout(telling);
    telling = undefined;
    if (Object.keys(untold).length > 0) teller.facts(untold);
    untold = {};
  };
  const names = builtOptionFacts ?? (await import('./option-facts.ts')).optionFacts(teller.schema);
  await gatherFacts(names, clusterGatherers, {
    api,
    subject,
    signal: teller.signal,
    onPart: (facts) => {
      untold = { ...untold, ...facts };
      telling ??= setTimeout(tellNow, gatherMilliseconds);
    },
  }).finally(tellNow);
}

/** Such as `1.33`, of `v1.33.4+k3s1`. */
function versionOf(kubeVersion: string): string | undefined {
  return /^v?(\d+\.\d+)/.exec(kubeVersion)?.[1];
}
