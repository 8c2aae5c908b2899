import { questions } from '../questions/catalogue.ts';
import { sections } from '../questions/question.ts';
import { maskUrl } from '../values/mask.ts';
import { answerText, changedText, hasNothing } from './answer-text.ts';
import type { WizardState } from './state.ts';
import { isAddition } from './steps/start.ts';
import { typeValues } from './typed-values.ts';

/** A part of the answers, as the review shows it. */
export interface ReviewSection {
  readonly label: string;
  readonly text: string;
  /** The step to go to; of values that were edited by their path, the list of every value. */
  readonly step: string | undefined;
  readonly isChanged: boolean;
  /** Nothing was chosen here: it is none, or as the chart has it. */
  readonly isQuiet: boolean;
}

/** What was decided, by section; of a change, with what differs from what runs. */
export function reviewSections(state: WizardState): readonly ReviewSection[] {
  const { derived, schema, world } = state;
  const { values, visible, answers } = derived.replay;
  const live = world.live ? typeValues(schema, derived.liveEffective).values : undefined;
  const context = { values, facts: world.facts };
  // What was given by a flag is told, also where nothing asks for it.
  const told = new Set([...visible, ...answers.map(({ id }) => id)]);
  const asked = questions.filter(({ id }) => told.has(id));
  const rows = Object.entries(sections).flatMap(([section, label]): ReviewSection[] => {
    const own = asked.filter((question) => question.section === section);
    const [first] = own;
    if (!first) return [];
    const texts = own.map((question) => {
      if (question.kind === 'secret')
        return {
          text: secretText(question.id, answers) ?? maskedUrl(question.read(values)),
          isChanged: false,
          isNothing: false,
        };
      const now = question.read(values);
      const before = live && question.read(live);
      const isChanged = live !== undefined && before !== now;
      const text = isChanged
        ? changedText(question, before, now, context)
        : answerText(question, now, context);
      return { text, isChanged, isNothing: hasNothing(now) };
    });
    // What differs comes first: a line may be cut.
    const words = [
      ...texts.filter(({ isChanged }) => isChanged),
      ...texts.filter(({ isChanged }) => !isChanged),
    ].flatMap(({ text }) => text ?? []);
    const nothing = texts.some(({ isNothing }) => isNothing) ? 'none' : 'chart default';
    return [
      {
        label,
        text: words.join(', ') || nothing,
        step: first.id,
        isChanged: texts.some(({ isChanged }) => isChanged),
        isQuiet: words.length === 0,
      },
    ];
  });
  const start = startText(state);
  return [
    { label: 'Start', text: start, step: 'start', isChanged: false, isQuiet: false },
    ...rows,
    ...editedSection(state),
  ];
}

/** What no question asks, but is going to be applied. */
function editedSection({ draft: { edits }, world }: WizardState): readonly ReviewSection[] {
  const texts = Object.entries(edits).map(([path, json]) => `${path}: ${json}`);
  if (texts.length === 0) return [];
  const isChanged = world.live !== undefined;
  return [{ label: 'Edited', text: texts.join(', '), step: undefined, isChanged, isQuiet: false }];
}

function secretText(id: string, answers: WizardState['derived']['replay']['answers']) {
  const answer = answers.find((one) => one.id === id);
  return answer?.isSecret ? 'address with a password, for a Secret' : answer?.answer;
}

/** Of a preset or a file, say. */
function maskedUrl(url: string | undefined): string | undefined {
  return url ? maskUrl(url) : undefined;
}

function startText(state: WizardState): string {
  const { intent, resetValues, presets, files } = state.draft;
  const fallback = intent === 'change' && !resetValues ? 'what runs now' : "the chart's defaults";
  const hasBase = presets.some((name) => !isAddition(state, name));
  const start = hasBase || files.length > 0 ? [] : [fallback];
  return [...start, ...presets, ...files].join(', ');
}
