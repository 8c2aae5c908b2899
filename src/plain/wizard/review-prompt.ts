import { needClusterText } from '../../wizard/findings.ts';
import type { ConsentView, ReviewBody } from '../../wizard/view.ts';
import type { Palette } from '../palette.ts';
import { findingLine } from './finding-news.ts';
import { type Prompt, type Reply, say, send } from './prompt.ts';

/** The worst come first; what is more is asked for. */
const toldInReview = 8;

/** Where, what changes, what is wrong, what is written, the same as a command; then the consent. */
export function reviewPrompt(
  body: ReviewBody,
  key: string,
  { palette, canLookAgain }: { readonly palette: Palette; readonly canLookAgain: boolean },
): Prompt {
  const { consent, noConsent, answers } = body;
  return {
    key,
    lines: [
      ...reviewLines(body, palette),
      ...(canLookAgain ? ['look looks at the cluster again and redoes the review.'] : []),
    ],
    problem: body.problem,
    ask: consent ? askFor(consent) : 'A number or a command: ',
    isSecret: false,
    needsFreshLine: true,
    read: (line) => {
      const text = line.trim();
      const given = consent && readConsent(consent, text);
      if (given) return given;
      if (answers.some(({ key: digit }) => digit === text))
        return send({ type: 'key', key: { name: 'text', text } });
      if (consent) return say(howToConsent(consent));
      // Enter leaves where nothing would change, and does nothing where a check failed.
      if (text === '') return send({ type: 'act', action: 'choose' });
      return say(noConsent ?? '', 'Type a number from the answers above, or ?');
    },
  };
}

function reviewLines(body: ReviewBody, palette: Palette): readonly string[] {
  const { target, looksLikeProduction, will, answers, findings, writes, command } = body;
  const production = looksLikeProduction ? ', looks like production' : '';
  const { warning } = palette.signs;
  return [
    '',
    palette.strong(`Review: ${body.status}.`),
    `  Cluster: ${target.context || 'none'}${target.server ? ` (${target.server})` : target.context ? ', was not seen' : ''}${production}`,
    `  Release: ${target.release} in namespace ${target.namespace}${target.server === '' ? '' : target.isNew ? ', new' : ', already running'}`,
    '  This will',
    ...will.map(({ text }) => `    ${text}`),
    ...(answers.length === 0 ? [] : ['  Answers']),
    ...answers.map(
      ({ label, text, key, isChanged }) =>
        `    ${key}. ${label}: ${text}${isChanged ? ' (changed)' : ''}`,
    ),
    `  Checks: ${[`${findings.passed} passed`, `${findings.findings.length} to read`, ...(findings.needCluster === 0 ? [] : [needClusterText(findings.needCluster)])].join(', ')}`,
    ...findings.findings
      .slice(0, toldInReview)
      .map((finding) => `    ${findingLine(finding, palette)}`),
    ...(findings.findings.length > toldInReview
      ? [`    and ${findings.findings.length - toldInReview} more: type findings to see them`]
      : []),
    ...writes.map((path) => `  Writes ${path}`),
    '  The same as a command',
    `    ${command}`,
    ...(body.variables.length === 0
      ? []
      : [`    with the secret in the environment variable ${body.variables.join(', ')}`]),
    ...(body.noConsent === undefined ? [] : ['', `${warning} ${body.noConsent}`]),
    '',
    'diff, manifests, findings and values show more; back or a number changes an answer.',
  ];
}

/** "Type prod-eu to go on: ", "Install it? y/N: " */
export function askFor({ ask }: ConsentView): string {
  return `${ask}: `;
}

/**
 * What a line says to the question of consent.
 * @returns undefined where it is no consent and no refusal
 */
export function readConsent({ word }: ConsentView, text: string): Reply | undefined {
  if (word !== undefined && text === word)
    return send({ type: 'act', action: 'consent' }, { type: 'answer', text });
  if (word === undefined && /^y(es)?$/i.test(text)) return send({ type: 'act', action: 'consent' });
  if (/^no?$/i.test(text)) return send({ type: 'act', action: 'decline' });
  return undefined;
}

export function howToConsent({ word }: ConsentView): string {
  return word === undefined
    ? 'Nothing has changed. Type y to go on, n to leave.'
    : `Nothing has changed. Type ${word} to go on, n to leave.`;
}
