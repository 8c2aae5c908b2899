import type { QuestionBody, View } from '../../wizard/view.ts';
import { findOption, optionLines } from './option-lines.ts';
import { answer, type Prompt, say, send } from './prompt.ts';

/** A longer list is narrowed by words before it is written. */
const longestList = 20;

interface QuestionOptions {
  readonly key: string;
  /** Words that narrow a long list. */
  readonly narrowed: string | undefined;
  /** The text is written as it is: quotes belong to it. */
  readonly isVerbatim: boolean;
  /** What an empty line answers: never what was refused. The index is -1 for a text. */
  readonly standing: { readonly value: string; readonly index: number } | undefined;
  /** It lies over another question. */
  readonly isOverlay: boolean;
  /** An empty line goes back. */
  readonly isOptional: boolean;
  readonly isSecret: boolean;
  /** A secret was given already. */
  readonly isKept: boolean;
}

/** A question: where it stands, title, help, options, and the present answer in brackets. */
export function questionPrompt(
  { chrome }: View,
  body: QuestionBody,
  { key, narrowed, standing, isVerbatim, isOverlay, isOptional, isSecret, isKept }: QuestionOptions,
): Prompt {
  const mark = body.input ? '#' : '';
  const found = narrow(body, narrowed);
  const isTooLong = found.length > longestList;
  const shown = isTooLong && !body.input ? [] : found.slice(0, longestList);
  const start = isOptional ? undefined : standing?.value;
  const given = isKept ? ' [as given]' : ' [none]';
  const stands = isOptional ? ', Enter to go back' : isSecret ? given : bracket(body, standing);
  return {
    key: `${key} ${narrowed ?? ''}`,
    lines: [
      '',
      `${isOverlay ? '' : placeOf(chrome.steps)}${body.title}`,
      ...(body.help === '' ? [] : [`  ${body.help}`]),
      ...optionLines(shown, mark),
      ...(isTooLong
        ? [
            `  ${found.length} of them${shown.length > 0 ? `; these are the first ${shown.length}` : ''}.`,
          ]
        : []),
      ...(narrowed !== undefined && found.length === 0 ? [`  Nothing matches "${narrowed}".`] : []),
      ...(isSecret ? ['  Your input is not shown.'] : []),
    ],
    problem: body.problem,
    ask: `${askFor(body, isTooLong)}${stands}: `,
    isSecret,
    needsFreshLine: false,
    read: (line) => {
      const typed = line.trim();
      if (typed === '' && isOptional) return send({ type: 'act', action: 'back' });
      if (typed === '') return start === undefined ? say('An answer is required.') : answer(start);
      const text = isVerbatim ? typed : unquote(typed);
      // Words that narrow a long list choose nothing of it, but for a whole name.
      const option =
        shown.length > 0
          ? findOption(typed, shown, mark)
          : found.find(({ value }) => value === typed);
      if (option) return answer(option.value);
      if (body.input) return answer(text);
      if (body.optionCount > longestList) return { kind: 'narrow', words: text };
      // What was typed is not repeated: it may be a password in the wrong place.
      return say(`That is not an option. Type a number from 1 to ${shown.length}, or ?`);
    },
  };
}

function narrow({ options }: QuestionBody, words: string | undefined) {
  if (words === undefined) return options;
  const wanted = words.toLowerCase().split(/\s+/);
  return options.filter(({ value, label, description }) => {
    const text = `${value} ${label} ${description}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** "3 of 8, Backend: " */
function placeOf(steps: View['chrome']['steps']): string {
  const place = steps.findIndex(({ state }) => state === 'current');
  const step = steps[place];
  return step ? `${place + 1} of ${steps.length}, ${step.label}: ` : '';
}

function askFor({ input, options }: QuestionBody, isTooLong: boolean): string {
  if (!input) return isTooLong ? 'Words to search for' : 'Number';
  return options.length > 0 ? 'Answer, or # and a number' : 'Answer';
}

function bracket(body: QuestionBody, standing: QuestionOptions['standing']): string {
  if (!standing) return '';
  const { value, index } = standing;
  const label = body.options[index]?.label;
  if (label !== undefined && !body.input) return ` [${index + 1}, ${label}]`;
  return ` [${value === '' ? (label ?? 'none') : value}]`;
}

/** An answer that is also a command's word, or empty, is written in quotes. */
function unquote(text: string): string {
  return /^".*"$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
