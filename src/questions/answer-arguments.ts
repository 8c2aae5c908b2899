import { type Question, yesNo } from './question.ts';

/**
 * An answer as arguments of a command line: `--backend raft`, `--alerts`, `--no-alerts`.
 * @returns the flag first; its value, where it takes one, behind it
 */
export function answerArguments(
  { flag, choices }: Pick<Question, 'flag' | 'choices'>,
  answer: string,
): readonly [string, ...string[]] {
  if (choices === yesNo) return [answer === 'false' ? `--no-${flag}` : `--${flag}`];
  // What is empty or begins with a dash must not be taken for something else.
  return answer === '' || answer.startsWith('-') ? [`--${flag}=${answer}`] : [`--${flag}`, answer];
}
