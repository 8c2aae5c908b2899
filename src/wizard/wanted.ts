import type { Wanted } from './events.ts';
import { isOutdated, seenIn } from './lost.ts';
import { keptSession } from './session.ts';
import type { WizardState } from './state.ts';

/** Everything that the outside should be doing now; see events.ts. */
export function wantedOf(state: WizardState): readonly Wanted[] {
  if (state.phase.name === 'left') return leftWanted(state, state.phase);
  return [
    ...(state.world.checks ? [] : checksWanted),
    ...contextsWanted(state),
    ...connectWanted(state),
    ...readsWanted(state),
    ...lookWanted(state),
    ...phaseWanted(state),
    ...ageWanted(state),
    ...saveWanted(state),
  ];
}

const checksWanted: readonly Wanted[] = [{ kind: 'checks', key: 'checks' }];
const forget: readonly Wanted[] = [{ kind: 'forget', key: 'forget' }];

/** What is still to be done before the program ends: answers are kept, or what was kept goes. */
function leftWanted(
  state: WizardState,
  { why, ended }: Extract<WizardState['phase'], { name: 'left' }>,
): readonly Wanted[] {
  const isDone = why === 'nothing-to-do' || ended?.outcome.outcome === 'done';
  return isDone ? forget : saveWanted(state);
}

/** Names the connection that is wanted; what belongs to another is dropped. */
export function connectKey(state: Pick<WizardState, 'draft' | 'world' | 'attempt' | 'rounds'>) {
  const context = chosenContext(state);
  if (context === undefined) return undefined;
  const { draft, attempt, rounds } = state;
  const { namespace, release } = draft;
  const said = [context, namespace, release, attempt, rounds];
  return { key: `connect:${JSON.stringify(said)}`, context };
}

type Chosen = Pick<WizardState, 'draft' | 'world'>;

function chosenContext({ draft, world }: Chosen): string | undefined {
  const current = world.contexts.find(({ isCurrent }) => isCurrent) ?? world.contexts[0];
  return draft.context ?? current?.name;
}

/** The cluster that is meant, whether it was seen or not; empty where no kubeconfig names one. */
export function contextOf(state: Chosen): string {
  return state.draft.context ?? state.world.target?.context ?? chosenContext(state) ?? '';
}

/** What the kubeconfig says may have changed by the time at which it is looked for again. */
function contextsWanted({ attempt }: WizardState): readonly Wanted[] {
  return attempt === 0 ? [] : [{ kind: 'contexts', key: `contexts:${attempt}` }];
}

function connectWanted(state: WizardState): readonly Wanted[] {
  const connect = connectKey(state);
  const { namespace, release } = state.draft;
  return connect ? [{ kind: 'connect', ...connect, namespace, release }] : [];
}

function readsWanted({ draft, world }: WizardState): readonly Wanted[] {
  const unread = draft.files.filter((path) => path !== '' && world.files[path] === undefined);
  return unread.map((path) => ({ kind: 'read', key: `read:${path}`, path }));
}

function lookWanted({ assumed, world }: WizardState): readonly Wanted[] {
  const canLook = world.connection === 'connected' || world.connection === 'offline';
  if (!assumed || !canLook || world.looks[assumed.key]) return [];
  return [{ kind: 'look', key: assumed.key, request: assumed.request }];
}

function phaseWanted({ phase }: WizardState): readonly Wanted[] {
  switch (phase.name) {
    case 'planning':
      return [{ kind: 'plan', key: phase.id, request: phase.request }];
    case 'applying': {
      const { id, request } = phase;
      return phase.stopping ? [] : [{ kind: 'apply', key: `apply:${id}`, id, request }];
    }
    case 'ended':
      return phase.outcome.outcome === 'done' ? forget : [];
    default:
      return [];
  }
}

function ageWanted(state: WizardState): readonly Wanted[] {
  const id = seenIn(state.phase);
  return id === undefined || isOutdated(state) ? [] : [{ kind: 'age', key: `age:${id}`, id }];
}

function saveWanted(state: WizardState): readonly Wanted[] {
  const { phase, touched } = state;
  if (!touched || (phase.name === 'ended' && phase.outcome.outcome === 'done')) return [];
  const session = keptSession(state);
  return [{ kind: 'save', key: `save:${JSON.stringify(session)}`, session }];
}
