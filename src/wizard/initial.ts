import { type ChartSchema, withDefaults } from '../values/chart-schema.ts';
import type { SecretMaterial } from '../values/secret-material.ts';
import { assume } from './assumed.ts';
import { derive, type Underived } from './derive.ts';
import type { Draft } from './draft.ts';
import { firstOpenStep, goTo, resumeAt, startPlanning } from './navigate.ts';
import { resumedDraft } from './resumed-draft.ts';
import type { KeptSession, WizardState, World } from './state.ts';
import { askedSteps } from './steps.ts';
import { freshFocus } from './surface.ts';

/** What the invocation says, and what is known when the wizard begins; most of it may be missing. */
export interface InitialInput {
  /** Of the chart's values. */
  readonly schema: ChartSchema;
  /** Flags: question flags as answers, presets, files, target. */
  readonly draft?: Partial<Draft>;
  readonly world?: Partial<World>;
  /** Of before; `resume` goes on with it unasked. */
  readonly saved?: KeptSession | undefined;
  readonly resume?: boolean;
  /** Secrets that were given by their variables, by the question's id. */
  readonly secrets?: Readonly<Record<string, SecretMaterial>>;
  readonly extraArguments?: readonly string[];
}

export const emptyDraft: Draft = {
  intent: undefined,
  context: undefined,
  namespace: 'xerv',
  release: 'xerv',
  presets: [],
  files: [],
  resetValues: false,
  answers: {},
  edits: {},
  skips: {},
  data: 'keep',
};

const emptyWorld: World = {
  contexts: [],
  presets: [],
  connection: 'waiting',
  problems: [],
  lostSince: undefined,
  looksAgain: false,
  loginWords: [],
  target: undefined,
  helm: '',
  kubernetes: undefined,
  live: undefined,
  files: {},
  checks: undefined,
  facts: {},
  looks: {},
};

/** The wizard as it begins: at the first step that is not decided by what was given. */
export function initialState(input: InitialInput): WizardState {
  const { saved, resume = false } = input;
  const given = { ...emptyDraft, ...input.draft };
  const { presets, files, resetValues } = given;
  const underived: Underived = {
    phase: { name: 'asking' },
    draft: resume && saved ? resumedDraft(saved.draft, given) : given,
    given: { presets, files, resetValues },
    world: { ...emptyWorld, ...input.world },
    focus: freshFocus('start'),
    overlays: [],
    saved: resume ? undefined : saved,
    secrets: input.secrets ?? {},
    visited: [],
    returnTo: undefined,
    transcript: [],
    plans: 0,
    attempt: 0,
    rounds: 0,
    outdated: undefined,
    touched: resume && saved !== undefined,
    extraArguments: input.extraArguments ?? [],
    schema: input.schema,
    chartDefaults: withDefaults(input.schema, {}),
    assumed: undefined,
  };
  const state = derive(underived);
  const started = begin(state, resume ? saved?.step : undefined);
  return { ...started, assumed: assume(started) };
}

function begin(state: WizardState, step: string | undefined): WizardState {
  const steps = askedSteps(state);
  if (step !== undefined && steps.some(({ id }) => id === step)) return resumeAt(state, step);
  const isDecided = steps.every((one) => one.isObvious(state));
  const first = goTo(state, firstOpenStep(state));
  // An uninstall asks nothing before its ledger.
  return isDecided && state.draft.intent === 'uninstall' ? startPlanning(first) : first;
}
