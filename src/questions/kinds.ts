import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import { type Answer, accept, type Option, type Question, reject, yesNo } from './question.ts';

type Parts = Omit<Question, 'flag' | 'kind' | 'choices' | 'placeholder' | 'write'>;

/** A question that is answered by typing; its flag is named as it is. */
export function textQuestion(
  parts: Parts & { placeholder: string; write: (answer: string) => Answer },
): Question {
  return { kind: 'text', flag: parts.id, ...parts };
}

/** A question with a few answers, the same on each cluster. */
export function choiceQuestion({
  answers,
  write,
  ...parts
}: Omit<Parts, 'options'> & {
  answers: readonly Option[];
  write: (answer: string) => Tree;
}): Question {
  const choices = answers.map(({ value }) => value);
  return {
    ...parts,
    kind: 'choice',
    flag: parts.id,
    placeholder: choices.join('|'),
    choices,
    options: () => answers,
    write: (answer) =>
      choices.includes(answer)
        ? accept(write(answer))
        : reject(`"${answer}" is not an option`, `One of: ${choices.join(', ')}`),
  };
}

/**
 * A question for yes or no; its flag takes no value.
 */
export function yesNoQuestion({
  yes,
  no,
  read,
  write,
  ...parts
}: Omit<Parts, 'options' | 'read'> & {
  yes: Meaning;
  no: Meaning;
  read: (values: Values) => boolean;
  write: (isYes: boolean) => Tree;
}): Question {
  const question = choiceQuestion({
    ...parts,
    answers: [
      { value: 'false', label: 'No', description: '' },
      { value: 'true', label: 'Yes', description: '' },
    ],
    read: (values) => String(read(values)),
    write: (answer) => write(answer === 'true'),
  });
  return {
    ...question,
    choices: yesNo,
    options: ({ values }) => [
      { value: 'false', label: 'No', description: say(no, values) },
      { value: 'true', label: 'Yes', description: say(yes, values) },
    ],
  };
}

/** What an answer means, in a few words; where it depends on them, with the choices so far. */
type Meaning = string | ((values: Values) => string);

function say(meaning: Meaning, values: Values): string {
  return typeof meaning === 'string' ? meaning : meaning(values);
}
