import { judgingChecks } from '../../questions/catalogue.ts';
import { areEqual, getNode } from '../../values/tree.ts';
import { judgeChoice, judgeOptions } from '../blocked-options.ts';
import type { Start } from '../draft.ts';
import type { Choice } from '../list.ts';
import { isSeen } from '../lost.ts';
import type { PresetChoice, WizardState } from '../state.ts';
import { answered, refused, type Step, withDraft } from './step.ts';

const isAsked = ({ draft }: WizardState) => draft.intent !== 'uninstall';

/** What the values start from. */
export const startSteps: readonly Step[] = [
  {
    id: 'start',
    label: 'Start',
    title: 'What should it start from?',
    help: 'Every value can still be changed.',
    field: 'none',
    placeholder: '',
    isAsked,
    isObvious: ({ draft, visited }) =>
      (draft.presets.length > 0 || draft.files.length > 0) && !visited.includes('start'),
    preselected: startOf,
    current: chosenStart,
    options: startOptions,
    answer: (state, choice) => {
      if (choice === startOf(state)) return answered(state);
      return answered(withDraft(state, startFrom(state, choice)));
    },
  },
  {
    id: 'file',
    label: 'Start',
    title: 'Which values file?',
    help: 'A values file, as for helm -f.',
    field: 'text',
    placeholder: './xerv-values.yaml',
    isAsked: (state) => isAsked(state) && state.draft.files.length > 0,
    isObvious: ({ world, draft }) => draft.files.every((path) => world.files[path] !== undefined),
    preselected: ({ draft }) => draft.files.at(-1) || undefined,
    options: () => [],
    answer: (state, path) => {
      if (path === '') return refused('A path is required.', 'Or go back and start from a preset.');
      const read = state.world.files[path];
      if (read?.state === 'failed' && state.draft.files.at(-1) === path)
        return { ok: false, problem: read.problem };
      const next = withDraft(state, { files: [...state.draft.files.slice(0, -1), path] });
      return read?.state === 'read' ? answered(next) : { ok: true, state: next, wait: true };
    },
  },
  {
    id: 'additions',
    label: 'Start',
    title: 'Should anything be added to it?',
    help: 'As many as you like; each adds to the start.',
    field: 'none',
    placeholder: '',
    isAsked: (state) => isAsked(state) && additionsOf(state).length > 0,
    isObvious: ({ draft, visited }) =>
      (draft.presets.length > 0 || draft.files.length > 0) && !visited.includes('start'),
    preselected: () => noMore,
    current: () => undefined,
    options: additionOptions,
    answer: (state, choice) => {
      if (choice === noMore) return answered(state);
      const { presets } = state.draft;
      const isAdded = presets.includes(choice);
      const next = isAdded ? presets.filter((name) => name !== choice) : [...presets, choice];
      return { ok: true, state: withDraft(state, { presets: next }), goTo: 'additions' };
    },
  },
];

const noMore = 'none';

/** Going on comes first; what was added is marked, and chosen again taken away. */
function additionOptions(state: WizardState): readonly Choice[] {
  const { draft } = state;
  const all = additionsOf(state);
  const added = all.filter(({ name }) => draft.presets.includes(name));
  return [
    added.length === 0
      ? { value: noMore, label: 'Nothing', description: 'go on as it is' }
      : {
          value: noMore,
          label: 'That is all',
          description: `added: ${added.map(({ title }) => title).join(', ')}`,
        },
    ...all.map((preset) =>
      added.includes(preset)
        ? {
            value: preset.name,
            label: `- ${preset.title}`,
            description: 'added; choose it again to remove it',
          }
        : additionOption(state, preset),
    ),
  ];
}

function additionOption(
  state: WizardState,
  { name, title, summary, values }: PresetChoice,
): Choice {
  const option = { value: name, label: `+ ${title}`, description: summary };
  const chosen = withDraft(state, { presets: [...state.draft.presets, name] });
  const finding = judgeChoice(state, judgingChecks, chosen);
  if (!finding) return option;
  // To turn off what it is for is to leave it out.
  const remedies = (finding.remedies ?? []).filter(({ changes = [] }) =>
    changes.every(
      ({ path, value }) => path.length > 2 || value !== false || getNode(values, path) !== true,
    ),
  );
  return { ...option, blockedBy: { ...finding, remedies } };
}

function startOptions(state: WizardState): readonly Choice[] {
  const { draft, world } = state;
  const isChange = draft.intent === 'change';
  const starts = world.presets
    .filter(({ isAddition }) => !isAddition)
    .map(({ name, title, summary }) => ({
      value: `preset:${name}`,
      label: title,
      description: summary,
    }));
  return [
    ...(isChange
      ? [{ value: 'live', label: 'What runs now', description: 'the values of the live release' }]
      : []),
    // Before that nothing is known that could fail, and the first keys must not wait for it.
    ...(isSeen(world)
      ? judgeOptions(state, judgingChecks, starts, (value) =>
          withDraft(state, startFrom(state, value)),
        )
      : starts),
    {
      value: 'defaults',
      label: "The chart's defaults",
      description: isChange ? 'the live values are left out' : 'answer every question yourself',
    },
    { value: 'file', label: 'A values file', description: "an earlier one, or someone else's" },
  ];
}

/**
 * Where a change starts, at the moment at which it comes to be one: from what runs. What was chosen
 * for a new release, before it was known that one runs, was not said of this one; flags were.
 */
export function startOfChange({ draft, given }: WizardState): Partial<Start> {
  if (draft.intent === 'change') return {};
  const isGiven = given.presets.length > 0 || given.files.length > 0 || given.resetValues;
  const stands = areEqual(startIn(draft), startIn(given));
  return isGiven && stands ? {} : { presets: [], files: [], resetValues: false };
}

function startIn({ presets, files, resetValues }: Start) {
  return { presets: [...presets], files: [...files], resetValues };
}

/** What was chosen or given; that a change starts from what runs says its name already. */
function chosenStart(state: WizardState): string | undefined {
  const start = startOf(state);
  return start === 'live' ? undefined : start;
}

/** Presets that stack on what it starts from. */
function additionsOf({ world }: Pick<WizardState, 'world'>): readonly PresetChoice[] {
  return world.presets.filter(({ isAddition }) => isAddition);
}

export function isAddition(state: Pick<WizardState, 'world'>, preset: string): boolean {
  return additionsOf(state).some(({ name }) => name === preset);
}

/** What the draft starts from; undefined where nobody has said it. */
function startOf(state: WizardState): string | undefined {
  const { draft, visited } = state;
  if (draft.files.length > 0) return 'file';
  const base = draft.presets.findLast((name) => !isAddition(state, name));
  if (base !== undefined) return `preset:${base}`;
  if (draft.intent === 'change') return draft.resetValues ? 'defaults' : 'live';
  const isSaid = draft.resetValues || draft.presets.length > 0 || visited.includes('start');
  return isSaid ? 'defaults' : undefined;
}

/** Additions stay: they go with any start. */
function startFrom(state: WizardState, choice: string): Start {
  const base = choice.startsWith('preset:') ? [choice.slice('preset:'.length)] : [];
  return {
    presets: [...base, ...state.draft.presets.filter((name) => isAddition(state, name))],
    // The path is asked for next.
    files: choice === 'file' ? [''] : [],
    resetValues: choice === 'defaults',
  };
}
