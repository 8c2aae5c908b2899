import type { Problem } from '../../errors.ts';
import { isAway } from '../../wizard/look-again.ts';
import type { WizardState } from '../../wizard/state.ts';
import type { WizardStore } from '../../wizard/store.ts';
import { entryOf } from '../../wizard/surface.ts';
import type { View } from '../../wizard/view.ts';
import { connectKey } from '../../wizard/wanted.ts';
import type { LineReader } from '../line-reader.ts';
import type { Palette } from '../palette.ts';
import { formatProblems } from '../problems.ts';
import { activeCommands, eventsOf, findCommand } from './commands.ts';
import { createFindingNews } from './finding-news.ts';
import { createLoginNews } from './login-news.ts';
import type { Prompt, Reply } from './prompt.ts';
import { promptOf } from './prompt-of.ts';
import { createRolloutTeller } from './rollout-teller.ts';
import { waitFor } from './wait-for.ts';

/** How long a question waits for what is coming, in milliseconds; after that it is asked. */
export interface Patience {
  readonly connection: number;
  readonly findings: number;
}

export interface DialogueOptions {
  readonly store: WizardStore;
  readonly reader: LineReader;
  /** All of it printable. */
  readonly viewOf: (state: WizardState) => View;
  /** Makes the texts of something safe to be written. */
  readonly printable: <T>(shown: T) => T;
  readonly palette: Palette;
  readonly patience: Patience;
  /** Lines, whole. */
  readonly print: (lines: readonly string[]) => void;
  /** Without a line break. */
  readonly ask: (text: string) => void;
}

/** Asks one thing after the other until the wizard is left. Whatever was written stays. */
export async function holdDialogue(options: DialogueOptions): Promise<void> {
  const { store, reader, viewOf, palette, patience, print, ask } = options;
  const tellRollout = createRolloutTeller(palette, options.printable);
  const tellFindings = createFindingNews(palette);
  const loginNews = createLoginNews(options.printable);
  let written: Prompt | undefined;
  let narrowed: string | undefined;
  let heading = '';
  const toldProblems = new Set<string>();
  let waitedFor: string | undefined;

  let isAsked = false;
  const stopTelling = store.subscribe(() => {
    print(tellRollout(store.state()));
    // Nobody can log in who is not told; what is being asked is asked again below it.
    if (!isAsked) print(loginNews.tell(store.state()));
  });
  try {
    while (store.state().phase.name !== 'left') await takeTurn();
  } finally {
    stopTelling();
  }
  print(lastWords(store.state(), viewOf(store.state())));

  async function takeTurn(): Promise<void> {
    await settle();
    const state = store.state();
    if (state.phase.name === 'left') return;
    const view = viewOf(state);
    const prompt = promptOf(state, view, { palette, narrowed });
    if (!prompt) return passOver(state, view);
    writePrompt(state, view, prompt);
    const isElse = () => keyNow() !== prompt.key || loginNews.isFresh(store.state());
    isAsked = true;
    const giveUp = new AbortController();
    const stop = store.subscribe(() => isElse() && giveUp.abort());
    if (isElse()) giveUp.abort();
    const read = await reader.next(prompt.isSecret, giveUp.signal).finally(() => {
      isAsked = false;
      stop();
    });
    if (!read || (isElse() && read.kind === 'line'))
      return print(['', ...loginNews.tell(store.state())]);
    if (read.kind === 'end') return store.dispatch({ type: 'interrupt' });
    if (read.kind === 'interrupt') return store.dispatch({ type: 'act', action: 'leave' });
    takeLine(read.text, prompt);
  }

  function keyNow(): string | undefined {
    const state = store.state();
    return promptOf(state, viewOf(state), { palette, narrowed })?.key;
  }

  /** Waits a little for the cluster, and for what the checks say; never for a line that is there. */
  async function settle(): Promise<void> {
    const target = connectKey(store.state())?.key;
    if (isConnecting(store.state()) && waitedFor !== target) {
      waitedFor = target;
      // What is wrong still is told again.
      toldProblems.clear();
      print(['Looking at the cluster ...']);
      await waitFor(store, reader, (state) => !isConnecting(state), patience.connection);
    }
    // Lines are not written anew where it turns out later which options cannot work.
    await waitFor(store, reader, ({ world }) => world.checks !== undefined, patience.findings);
    await waitFor(store, reader, (state) => !isLookComing(state), patience.findings);
  }

  function writePrompt(state: WizardState, view: View, prompt: Prompt): void {
    const place = placeLine(view);
    const isNew = written?.key !== prompt.key;
    if (state.phase.name === 'asking' && place !== heading) {
      print(['', palette.strong(place)]);
      if (heading === '') print([firstHint]);
      heading = place;
    }
    if (isNew && view.body.kind === 'question' && view.body.findings)
      print(tellFindings(view.body.findings));
    if (isNew) print(prompt.lines);
    const isTold = tellProblem(prompt.problem);
    if (isTold && isAway(state) && state.phase.name === 'asking') print(offlineLines(state));
    written = prompt;
    if (prompt.needsFreshLine) reader.forget();
    ask(prompt.ask);
  }

  /** One that stays, such as a cluster that cannot be reached, is told once. */
  function tellProblem(problem: Problem | undefined): boolean {
    if (!problem || toldProblems.has(JSON.stringify(problem))) return false;
    toldProblems.add(JSON.stringify(problem));
    print(formatProblems([problem], palette));
    return true;
  }

  function takeLine(line: string, prompt: Prompt): void {
    const found = findCommand(line);
    if (found) runCommand(found);
    else takeAnswer(prompt.read(line));
  }

  function takeAnswer(reply: Reply): void {
    narrowed = reply.kind === 'narrow' ? reply.words : undefined;
    if (reply.kind === 'say') print(reply.lines.filter((one) => one !== ''));
    if (reply.kind !== 'events') return;
    for (const event of reply.events) store.dispatch(event);
    // The same mistake is told again.
    const mistake = viewOf(store.state()).body;
    if (entryOf(store.state()).problem && 'problem' in mistake)
      toldProblems.delete(JSON.stringify(mistake.problem));
  }

  function runCommand({ command, rest }: NonNullable<ReturnType<typeof findCommand>>): void {
    // The same question is then written in full.
    if (command.action === undefined) written = undefined;
    if (command.action === 'keys') print(helpLines(store.state()));
    if (command.action === undefined || command.action === 'keys') return;
    const before = store.state();
    for (const event of eventsOf(command, rest)) store.dispatch(event);
    if (store.state() === before) print([`"${command.words[0]}" does nothing here.`]);
  }

  /** What is only read, or waited for. */
  async function passOver(state: WizardState, { body }: View): Promise<void> {
    if (body.kind === 'lines') {
      print(['', body.title, ...body.lines.map(({ text }) => `  ${text}`)]);
      return store.dispatch({ type: 'act', action: 'back' });
    }
    if (state.phase.name === 'ended') return store.dispatch({ type: 'act', action: 'choose' });
    if (body.kind === 'waiting') print(['', `${body.text} ...`]);
    const isOver = (now: WizardState) => now.phase !== state.phase && !isApplying(now);
    if (state.phase.name === 'applying') return waitFor(store, undefined, isOver);
    await waitFor(store, reader, isOver);
    if (!reader.isReady() || isOver(store.state())) return;
    const read = await reader.next(false, AbortSignal.abort());
    if (read?.kind === 'end') return store.dispatch({ type: 'interrupt' });
    const found = read?.kind === 'line' ? findCommand(read.text) : undefined;
    if (found) runCommand(found);
  }
}

/** "XERV install: playground, namespace xerv, Kubernetes 1.33"; what is not known yet is left out. */
function placeLine({ chrome: { title, place } }: View): string {
  const known = place.filter((part) => !/(\u2026|\.\.\.)$/.test(part));
  return `XERV ${title}: ${known.join(', ')}`;
}

/** Nobody guesses the words. */
const firstHint = 'At any question, ? lists what else you can type, such as back, review and quit.';

function offlineLines({ world }: WizardState): readonly string[] {
  return [
    'You can go on without it; your answers are then not checked against it.',
    world.looksAgain ? 'It is retried now and then; look retries at once.' : 'look tries again.',
  ];
}

function isApplying({ phase }: WizardState): boolean {
  return phase.name === 'applying';
}

function isConnecting({ phase, world: { connection } }: WizardState): boolean {
  return phase.name === 'asking' && (connection === 'waiting' || connection === 'connecting');
}

function isLookComing({ phase, assumed, overlays, world }: WizardState): boolean {
  const canCome = world.connection === 'connected' || world.connection === 'offline';
  if (phase.name !== 'asking' || !assumed || !canCome || overlays.length > 0) return false;
  const look = world.looks[assumed.key];
  return look === undefined || look.state === 'coming';
}

function helpLines(state: WizardState): readonly string[] {
  return [
    '',
    'Instead of an answer you can type',
    ...activeCommands(state).map(({ words, help }) => `  ${words.join(' or ')}: ${help}`),
    'An empty line takes the answer in brackets. Quotes turn such a word into an answer: "back"; two',
    'quotes alone are an empty answer. Ctrl+C leaves, too; during an apply it stops that.',
  ];
}

/** How it ended; an apply has said it already. */
function lastWords({ phase }: WizardState, { body }: View): readonly string[] {
  if (phase.name !== 'left' || body.kind !== 'end') return [];
  if (phase.why === 'ended') return phase.then === undefined ? [] : ['', `  ${phase.then}`];
  return ['', body.message, ...(body.state === '' ? [] : [body.state])];
}
