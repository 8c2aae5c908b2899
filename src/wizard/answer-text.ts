import { type Question, type QuestionContext, yesNo } from '../questions/question.ts';

/** Whether an answer is that there is none of it. */
export function hasNothing(answer: string | undefined): boolean {
  return answer !== undefined && nothings.includes(answer);
}

const nothings = ['', 'none', 'false'];

/**
 * An answer in a user's words: `metrics`, `logs JSON`, `class standard`.
 * @returns undefined for what is not there, and for what the question cannot say
 */
export function answerText(
  question: Question,
  answer: string | undefined,
  context: QuestionContext,
): string | undefined {
  if (answer === undefined || hasNothing(answer)) return undefined;
  const { short } = question;
  if (question.choices === yesNo) return short ?? question.id;
  const name = called(question, answer, context);
  return short?.replace('{}', () => name) ?? name;
}

/** The same of an answer that differs from what runs: `replicas: 5 (was 3)`, `no alerts`. */
export function changedText(
  question: Question,
  before: string | undefined,
  now: string | undefined,
  context: QuestionContext,
): string | undefined {
  const isYesNo = question.choices === yesNo;
  const [was, is] = [before, now].map((answer) => answerText(question, answer, context));
  if (is === undefined) return was && (isYesNo ? `no ${was}` : `no longer ${was}`);
  if (was === undefined) return `${is} (new)`;
  return `${is} (was ${called(question, before ?? '', context)})`;
}

/** What the option is called; what was typed is called as it is. */
function called({ kind, options }: Question, answer: string, context: QuestionContext): string {
  if (kind !== 'choice') return answer;
  return options?.(context).find(({ value }) => value === answer)?.label ?? answer;
}
