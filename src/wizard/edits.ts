import type { ValueChange } from '../checks/types.ts';
import { questions } from '../questions/catalogue.ts';
import type { ChartSchema } from '../values/chart-schema.ts';
import { findCredentials } from '../values/credentials.ts';
import { hasPassword, isSecretName, secretMask } from '../values/mask.ts';
import { parsePath, printPath } from '../values/path.ts';
import { parseJsonText } from '../values/set-parser.ts';
import {
  areEqual,
  getNode,
  isList,
  isTree,
  type Node,
  type Path,
  setNode,
} from '../values/tree.ts';
import { validateValues } from '../values/validate.ts';
import { derive } from './derive.ts';
import { editsAsAnswers } from './edits-as-answers.ts';
import type { WizardState } from './state.ts';
import { touches } from './steps/question.ts';
import { refused, type StepAnswer, withDraft } from './steps/step.ts';

/**
 * Sets one value by its path.
 * @param text JSON, or plain text where the value is a text; nothing takes the edit back
 */
export function editValue(state: WizardState, path: string, text: string): StepAnswer {
  const parsed = parsePath(path);
  if (!parsed) return refused(`"${path}" is not the path of a value.`);
  if (text === '') return { ok: true, state: withoutWord(state, path) };
  if (text.includes(secretMask))
    return refused(
      `${path} holds a secret, which is not shown: ${secretMask} would take its place.`,
      'Change it in the values file that it comes from, or write all of it anew without the secret.',
    );
  const edited = (node: Node): StepAnswer => ({
    ok: true,
    state: editsAsAnswers(withEdit(state, parsed, node)),
  });
  const json = parseJsonText(text);
  const asJson = json === undefined ? undefined : validate(state.schema, parsed, json);
  if (json !== undefined && asJson?.ok) return edited(json);
  const asText = validate(state.schema, parsed, text);
  if (asText.ok) return edited(text);
  if (asJson && !asJson.ok) return asJson;
  return withHint(asText, { path, text, fallback: getNode(state.chartDefaults, parsed) });
}

type Refusal = Extract<StepAnswer, { ok: false }>;

/** Maps and lists are JSON: who began one is told that it is none yet, and who did not, how one looks. */
function withHint(
  refusal: Refusal,
  { path, text, fallback }: { path: string; text: string; fallback: Node | undefined },
): Refusal {
  const isMap = isTree(fallback);
  if (!isMap && !isList(fallback)) return refusal;
  const message = /^[[{]/.test(text) ? `${path} is not JSON.` : refusal.problem.message;
  const next = isMap
    ? 'A map is written as JSON, such as {"name": "value"}.'
    : 'A list is written as JSON, such as ["a", "b"].';
  return { ok: false, problem: { message, next } };
}

/** Puts the values of a remedy in. */
export function mend(state: WizardState, changes: readonly ValueChange[]): WizardState {
  const mended = changes.reduce(
    (now, { path, value }) => withEdit(now, path, (value ?? null) as Node),
    state,
  );
  return editsAsAnswers(mended);
}

type Validity = { readonly ok: true } | Refusal;

function validate(schema: ChartSchema, path: Path, node: Node): Validity {
  const tree = treeAt(path, node);
  if (!tree) return { ok: false, problem: { message: `${printPath(path)} is not a value.` } };
  const isSecretText = typeof node === 'string' && node !== '' && isSecretName(String(path.at(-1)));
  if (findCredentials(tree).length > 0 || hasPassword(JSON.stringify(node)) || isSecretText)
    return {
      ok: false,
      problem: {
        message: `${printPath(path)} must not hold a password.`,
        next: 'Name an existing Secret, or answer the question for the address.',
      },
    };
  const [problem] = validateValues(schema, tree);
  return problem ? { ok: false, problem } : { ok: true };
}

function treeAt(path: Path, node: Node) {
  try {
    return setNode({}, path, node);
  } catch {
    return undefined;
  }
}

/** The newest word wins: answers about the same value give way to the edit. */
function withEdit(state: WizardState, path: Path, node: Node): WizardState {
  const name = printPath(path);
  const without = withoutEdit(state, name);
  const isSame = areEqual(getNode(without.derived.replay.effective, path), node);
  if (isSame && node !== null) return without;
  const { draft } = without;
  const next = withDraft(withoutAnswers(without, name), {
    edits: { ...draft.edits, [name]: JSON.stringify(node) },
  });
  return derive(next);
}

/** Without all that was said of a value: an edit may stand as an answer, too. */
function withoutWord(state: WizardState, path: string): WizardState {
  return derive(withoutAnswers(withoutEdit(state, path), path));
}

function withoutEdit(state: WizardState, path: string): WizardState {
  if (!(path in state.draft.edits)) return state;
  const { [path]: _, ...edits } = state.draft.edits;
  return derive(withDraft(state, { edits }));
}

/** Without the answers that are about a value. */
function withoutAnswers(state: WizardState, path: string): WizardState {
  const { draft, secrets } = state;
  const overruled = questions
    .filter(({ id, write }) => {
      const answer = draft.answers[id] ?? (secrets[id] && 'redis://host');
      const written = answer === undefined ? undefined : write(answer);
      return written?.ok && touches(path, written.values);
    })
    .map(({ id }) => id);
  if (overruled.length === 0) return state;
  const rest = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !overruled.includes(id)));
  return withDraft({ ...state, secrets: rest(secrets) }, { answers: rest(draft.answers) });
}
