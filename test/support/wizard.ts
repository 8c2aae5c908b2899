import { catalogue } from '../../src/checks/catalogue.ts';
import type { Key, WizardEvent } from '../../src/wizard/events.ts';
import { type InitialInput, initialState } from '../../src/wizard/initial.ts';
import type { Ledger, Reviewed } from '../../src/wizard/plan.ts';
import { reduce } from '../../src/wizard/reduce.ts';
import type { ContextChoice, PresetChoice, WizardState } from '../../src/wizard/state.ts';
import { viewOf } from '../../src/wizard/view/view-of.ts';
import { connectKey } from '../../src/wizard/wanted.ts';
import { chartSchema } from './chart-schema.ts';

/** A wizard's world for tests: two presets and one ordinary cluster. */
export const playground: ContextChoice = {
  name: 'playground',
  server: 'https://127.0.0.1:6443',
  isCurrent: true,
  looksLikeProduction: false,
};

export const presets: readonly PresetChoice[] = [
  {
    name: 'evaluation',
    title: 'Evaluation',
    summary: 'One pod, for trying XERV out.',
    values: { replicaCount: 1 },
    isAddition: false,
  },
  {
    name: 'production-raft',
    title: 'Production Raft cluster',
    summary: 'Five replicas that keep their work.',
    values: { replicaCount: 5, dispatch: { backend: 'raft' } },
    isAddition: false,
  },
];

export const target = {
  context: 'playground',
  server: 'https://127.0.0.1:6443',
  identity: 'uid',
  namespace: 'xerv',
  release: 'xerv',
};

/** A wizard that has presets and one context, and is not connected yet. */
export function startWizard({ world, ...input }: Partial<InitialInput> = {}): WizardState {
  return initialState({
    schema: chartSchema,
    ...input,
    world: { contexts: [playground], presets, checks: catalogue, ...world },
  });
}

/** Keys by their names; anything else is typed, all at once. */
const keyNames =
  /^(up|down|left|right|enter|escape|tab|shift-tab|backspace|delete|home|end|page-up|page-down|ctrl-c|ctrl-e|ctrl-r|ctrl-u)$/;

export function keyEvent(name: string): WizardEvent {
  const key = keyNames.test(name) ? { name } : { name: 'text', text: name };
  return { type: 'key', key: key as Key };
}

export function press(state: WizardState, ...keys: readonly string[]): WizardState {
  return keys.reduce((now, name) => reduce(now, keyEvent(name)), state);
}

/** The connection that is wanted is there. */
export function connect(
  state: WizardState,
  world: Extract<WizardEvent, { type: 'world' }>['world'] = {},
): WizardState {
  const key = connectKey(state)?.key ?? '';
  const { namespace, release } = state.draft;
  return reduce(state, {
    type: 'world',
    key,
    world: {
      connection: 'connected',
      kubernetes: '1.33',
      target: { ...target, namespace, release },
      ...world,
    },
  });
}

/** The plan that is wanted is there. */
export function review(state: WizardState, reviewed: Partial<Reviewed> = {}): WizardState {
  const id = state.phase.name === 'planning' ? state.phase.id : 'none';
  return reduce(state, { type: 'reviewed', reviewed: { ...someReview, id, ...reviewed } });
}

export const someReview: Reviewed = {
  id: 'plan:1',
  plan: {
    action: 'install',
    target,
    objects: [{ object: 'StatefulSet/xerv', action: 'created', changes: [] }],
    data: [],
    disruption: [],
    steps: [],
  },
  findings: [],
  changesNothing: false,
  writes: ['./xerv-values.yaml'],
  diff: ['+ StatefulSet/xerv (created)'],
  manifest: 'kind: StatefulSet',
  typed: undefined,
};

export const someLedger: Ledger = {
  id: 'plan:1',
  removes: ['StatefulSet xerv', 'Service xerv'],
  claims: [
    {
      name: 'data-xerv-0',
      size: '50Gi',
      storageClass: 'standard',
      owner: 'made by the StatefulSet',
      fate: 'erased',
    },
  ],
  warnings: [],
  problems: [],
  typed: undefined,
};

/** The ledger that is wanted is there. */
export function showLedger(state: WizardState, ledger: Partial<Ledger> = {}): WizardState {
  const id = state.phase.name === 'planning' ? state.phase.id : 'none';
  return reduce(state, { type: 'ledger', ledger: { ...someLedger, id, ...ledger } });
}

/** The apply has ended. */
export function finish(
  state: WizardState,
  outcome: 'done' | 'failed' | 'cancelled' = 'done',
  parts: Partial<Extract<WizardEvent, { type: 'release' }>['event'] & { type: 'outcome' }> = {},
): WizardState {
  return reduce(state, {
    type: 'release',
    event: {
      type: 'outcome',
      outcome,
      message: `It is ${outcome}.`,
      state: '',
      diagnoses: [],
      problems: [],
      next: [],
      ...parts,
    },
  });
}

/** A release that runs, as it is seen once the cluster answers. */
export const live = { revision: 3, values: { replicaCount: 3, dispatch: { backend: 'raft' } } };

/** What the screen shows between its first lines and its last. */
export const bodyOf = (state: WizardState) => viewOf(state).body;
