import { questions } from '../questions/catalogue.ts';
import type { Question } from '../questions/question.ts';
import { parsePath } from '../values/path.ts';
import { parseJsonText } from '../values/set-parser.ts';
import { areEqual, setNode, type Tree } from '../values/tree.ts';
import { derive } from './derive.ts';
import type { WizardState } from './state.ts';
import { touches, withAnswer } from './steps/question.ts';

/**
 * Edits that are exactly what a question's answer writes become that answer, so that the command
 * has the flag that people know. An edit stays one where the flag would change anything else.
 */
export function editsAsAnswers(state: WizardState): WizardState {
  return questions.reduce(asAnswer, state);
}

function asAnswer(state: WizardState, question: Question): WizardState {
  const { replay } = state.derived;
  // Where a secret is asked for, nothing is read back.
  const answer = question.kind === 'secret' ? undefined : question.read(replay.values);
  const written = answer === undefined ? undefined : question.write(answer);
  if (!written?.ok || !areEqual(editedLike(state, written.values), written.values)) return state;
  const next = derive(withAnswer(state, question.id, answer, written.values));
  return areEqual(next.derived.replay.given, replay.given) ? next : state;
}

/** What the edits say that are about the same as these values. */
function editedLike({ draft }: WizardState, written: Tree): Tree | undefined {
  try {
    return Object.entries(draft.edits)
      .filter(([path]) => touches(path, written))
      .reduce<Tree>(
        (tree, [path, json]) => setNode(tree, parsePath(path) ?? [], parseJsonText(json) ?? null),
        {},
      );
  } catch {
    return undefined;
  }
}
