import type { Option, Question } from '../../questions/question.ts';
import { sections } from '../../questions/question.ts';
import { hasPassword } from '../../values/mask.ts';
import { parsePath } from '../../values/path.ts';
import { SecretMaterial } from '../../values/secret-material.ts';
import { areEqual, leaves, type Path, type Tree } from '../../values/tree.ts';
import { validateValues } from '../../values/validate.ts';
import { judgeChoice, judgeOptions } from '../blocked-options.ts';
import { missingIn } from '../missing-answer.ts';
import { replayState } from '../replay-state.ts';
import type { WizardState } from '../state.ts';
import { typeValues } from '../typed-values.ts';
import { answered, refused, type Step, type StepAnswer, withDraft } from './step.ts';

/** A question about the values, as a step. */
export function questionStep(question: Question): Step {
  const { id, section, title, help, kind, placeholder } = question;
  return {
    id,
    label: sections[section],
    title,
    // What is to be said of its flag is none of the wizard's.
    help: kind === 'secret' ? 'A password in it goes into a Secret; it is not shown.' : help,
    helpNow: ({ derived: { replay } }) => question.helpWith?.(replay.before[id] ?? replay.values),
    field: kind === 'choice' ? 'none' : kind,
    placeholder,
    isAsked: ({ derived, draft }) =>
      draft.intent !== 'uninstall' && derived.replay.visible.includes(id),
    isObvious: () => false,
    preselected: (state) => preselected(question, state),
    options: (state) =>
      judgeOptions(state, question.judgedBy ?? [], optionsOf(question, state), (value) =>
        choose(question, state, value),
      ),
    judge: (state, text) =>
      kind === 'secret' && isSecret(text)
        ? undefined
        : judgeChoice(state, question.judgedBy ?? [], choose(question, state, text)),
    live: ({ schema, world, derived }) =>
      world.live ? question.read(typeValues(schema, derived.liveEffective).values) : undefined,
    answer: (state, text, isAssumed = false) => answer(question, state, text, isAssumed),
  };
}

function optionsOf(question: Question, { derived, world }: WizardState): readonly Option[] {
  const values = derived.replay.before[question.id] ?? derived.replay.values;
  const options = question.options?.({ values, facts: world.facts });
  if (options || question.kind !== 'choice') return options ?? [];
  return (question.choices ?? []).map((value) => ({ value, label: value, description: '' }));
}

function preselected(question: Question, { draft, derived: { replay } }: WizardState) {
  if (question.kind === 'secret') return draft.answers[question.id];
  const values = replay.before[question.id] ?? replay.values;
  // A suggestion is among the answers, unless the values say so already.
  const suggested = replay.answers.find(({ id }) => id === question.id)?.answer;
  return draft.answers[question.id] ?? suggested ?? question.read(values);
}

/** The state with this answer, as far as the question takes it. */
function choose({ id, write }: Question, state: WizardState, value: string): WizardState {
  const written = write(value);
  return written.ok ? withAnswer(state, id, value, written.values) : state;
}

function answer(
  question: Question,
  state: WizardState,
  text: string,
  isAssumed: boolean,
): StepAnswer {
  const { id, kind } = question;
  const before = preselected(question, state);
  if (kind === 'choice' && !optionsOf(question, state).some(({ value }) => value === text))
    return refused('That is not one of the options.');
  const missing = text === '' && !isAssumed ? missingIn(question, state) : undefined;
  if (missing) return { ok: false, problem: missing };
  // What is there already, also in words that the question cannot read back, stays as it is.
  if (text === (before ?? '')) return answered(state);
  if (text === '' && kind === 'secret') return answered(state);
  const written = question.write(text);
  if (!written.ok) return written;
  const values = state.derived.replay.before[id] ?? state.derived.replay.values;
  const problem =
    question.conflict?.(text, values) ??
    (isAssumed ? undefined : validateValues(state.schema, written.values)[0]);
  if (problem) return { ok: false, problem };
  if (kind === 'secret' && isSecret(text))
    return answered(withAnswer(state, id, undefined, written.values, new SecretMaterial(text)));
  if (hasPassword(text)) return refused('This holds a password, which must not be in the values.');
  const next = withAnswer(state, id, text, written.values);
  return answered(isAssumed ? next : withoutNeedlessAnswer(next, id));
}

/** An address without credentials is no secret: it stands in the values. */
export function isSecret(text: string): boolean {
  return hasPassword(text) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** The state with this answer, and without what said otherwise of the same values. */
export function withAnswer(
  state: WizardState,
  id: string,
  text: string | undefined,
  written: Tree,
  secret?: SecretMaterial,
): WizardState {
  const { [id]: _answer, ...answers } = state.draft.answers;
  const { [id]: _secret, ...secrets } = state.secrets;
  const edits = Object.entries(state.draft.edits).filter(([path]) => !touches(path, written));
  return withDraft(
    { ...state, secrets: secret ? { ...secrets, [id]: secret } : secrets },
    {
      answers: text === undefined ? answers : { ...answers, [id]: text },
      // The newest word wins: an edit lies above the answers.
      edits: Object.fromEntries(edits),
    },
  );
}

/** Whether an edited path and the values that an answer writes are about the same. */
export function touches(editedPath: string, written: Tree): boolean {
  const edited = parsePath(editedPath) ?? [];
  return [...leaves(written)].some(({ path }) => overlap(edited, path));
}

function overlap(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return areEqual([...one.slice(0, length)], [...other.slice(0, length)]);
}

/** An answer that says what would be so without it is none: it keeps the command short. */
function withoutNeedlessAnswer(state: WizardState, id: string): WizardState {
  const { [id]: _, ...answers } = state.draft.answers;
  const without = withDraft(state, { answers });
  const same = areEqual(replayState(without).effective, replayState(state).effective);
  return same ? without : state;
}
