import { hostname } from 'node:os';
import { DeployError, type Problem } from '../../errors.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { stateDirectory } from '../../files/user-directories.ts';
import type { Draft } from '../../wizard/draft.ts';
import { initialState } from '../../wizard/initial.ts';
import { reduce } from '../../wizard/reduce.ts';
import type { LeaveReason } from '../../wizard/state.ts';
import { createStore, type WizardStore } from '../../wizard/store.ts';
import { wantedOf } from '../../wizard/wanted.ts';
import { readChartSchema } from '../chart-schema.ts';
import type { CommandContext } from '../context.ts';
import { createLazyClusters, lazily } from './lazily.ts';
import type { KeptPlans } from './plans.ts';
import { type Effects, followWanted } from './runner.ts';
import { createSavedSessions, isRunning } from './saved-sessions.ts';
import { readStart } from './start.ts';
import { readContexts, readSurroundings } from './surroundings.ts';

const nothingToResume = 'There is no session to resume here: starting over.';

/**
 * The wizard: asks, shows what would be done, and does it after consent. Joins the headless wizard,
 * its outside and the front end.
 * @throws DeployError (2) where the invocation is wrong
 */
export async function wizard(context: CommandContext): Promise<ExitCode> {
  const sessions = createSavedSessions({
    directory: stateDirectory({ ...context, platform: process.platform }),
    owner: { pid: process.pid, host: hostname() },
    now: Date.now,
    isRunning,
    cleanup: context.cleanup,
  });
  const isFresh = context.flags.isOn('fresh');
  const resumes = context.flags.isOn('resume');
  const [frontEnd, start, world, { saved, notices }, schema] = await Promise.all([
    context.frontEnd(),
    readStart(context),
    readSurroundings(context),
    sessions.read(({ draft }) => isWanted(draft, context)),
    readChartSchema(context),
  ]);
  for (const notice of [...notices, ...(resumes && !saved ? [nothingToResume] : [])])
    context.say(`${notice}\n`);
  const store = createStore(
    initialState({
      ...start,
      schema,
      world,
      saved: isFresh ? undefined : saved,
      resume: resumes,
    }),
    reduce,
  );
  const clusters = createLazyClusters(
    { ...context, say: showLoginWords(store) },
    () => store.state().attempt,
  );
  const plans: KeptPlans = new Map();
  let unsaved: string | undefined;
  const keepProblem = (error: unknown) => {
    if (!(error instanceof DeployError)) throw error;
    const [{ message, why = '' }] = error.problems as [Problem];
    const unkept = `${message} ${why}`.trim();
    // Once it was left, the screen has had its last word.
    if (store.state().phase.name === 'left')
      unsaved = `The answers could not be saved: ${unkept}\n`;
    else store.dispatch({ type: 'world', world: { unkept } });
  };
  let applied: ExitCode | undefined;
  const effects: Effects = {
    checks: lazily(async () => {
      const { catalogue } = await import('../../checks/catalogue.ts');
      return async (_, { tell }) => tell({ type: 'world', world: { checks: catalogue } });
    }),
    contexts: async (_, { tell }) => tell({ type: 'world', world: await readContexts(context) }),
    connect: lazily(async () => (await import('./connect.ts')).createConnect(clusters)),
    read: lazily(async () => (await import('./read-file.ts')).createRead(context)),
    look: lazily(async () => (await import('./look.ts')).createLook(context, clusters)),
    plan: lazily(async () => (await import('./plan.ts')).createPlan({ context, clusters, plans })),
    apply: lazily(async () =>
      (await import('./apply.ts')).createApply(plans, (code) => {
        applied = code;
      }),
    ),
    age: lazily(async () => (await import('./age.ts')).createAge(plans)),
    save: ({ session }) => sessions.save(session).catch(keepProblem),
    forget: () => sessions.forget().catch(keepProblem),
  };
  const stopListening = leaveOnSignal(context.signal, store);
  const runner = followWanted(store, effects, wantedOf);
  const run = frontEnd.run(store);
  try {
    await Promise.race([run, runner.broken]);
  } finally {
    // Where something broke the screen is still there.
    while (store.state().phase.name !== 'left') store.dispatch({ type: 'interrupt' });
    await run;
    stopListening();
    const why = leftBecause(store);
    if (why === 'ended' && applied !== undefined) context.concluded(applied);
    if (why === 'forced') context.endAtOnce();
    await runner.stop();
    await clusters.close();
  }
  if (unsaved) context.say(unsaved);
  return exitCodeOf(leftBecause(store), applied);
}

/**
 * A login program's words (an address to open, a code to enter there) come line by line, and must
 * not be written across the screen.
 */
function showLoginWords(store: WizardStore): (text: string) => void {
  return (text) => {
    const loginWords = [...store.state().world.loginWords, text.trim()];
    store.dispatch({ type: 'world', world: { loginWords } });
  };
}

/** Who wants to uninstall goes on with no install, and who names a target with no other one. */
function isWanted(draft: Draft, { flags, invocation }: CommandContext): boolean {
  if (invocation.command === 'uninstall' && draft.intent !== 'uninstall') return false;
  return (['context', 'namespace', 'release'] as const).every((name) => {
    const named = invocation.fromEnvironment.has(name) ? undefined : flags.text(name);
    return named === undefined || draft[name] === undefined || draft[name] === named;
  });
}

/** A signal leaves, too; what is being applied is stopped first, and told. */
function leaveOnSignal(signal: AbortSignal, store: WizardStore): () => void {
  const interrupt = () => store.dispatch({ type: 'interrupt' });
  const unsubscribe = store.subscribe(() => {
    if (signal.aborted && store.state().phase.name === 'ended') interrupt();
  });
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  return () => {
    signal.removeEventListener('abort', interrupt);
    unsubscribe();
  };
}

function leftBecause(store: WizardStore): LeaveReason | undefined {
  const { phase } = store.state();
  return phase.name === 'left' ? phase.why : undefined;
}

function exitCodeOf(why: LeaveReason | undefined, applied: ExitCode | undefined): ExitCode {
  switch (why) {
    case 'ended':
      return applied ?? exitCodes.done;
    case 'nothing-to-do':
      return exitCodes.done;
    default:
      return exitCodes.cancelled;
  }
}
