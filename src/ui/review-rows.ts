import { needClusterText } from '../wizard/findings.ts';
import type { ReviewBody } from '../wizard/view.ts';
import { allot } from './allot.ts';
import { findingRows, notAsked } from './finding-rows.ts';
import { labelColumn, labelled } from './labelled.ts';
import type { Symbols } from './looks.ts';
import { type RowText, rowWidth, span, spread } from './row.ts';
import { cut, pad, shorten, widthOf } from './text.ts';
import { wrap } from './wrap.ts';

/**
 * The review without its question, in at most `rows` lines:
 *
 * ```
 *  Review                                                 nothing has changed yet
 *
 *  Cluster     prod-eu  https://10.0.0.1                    looks like production
 *  Release     xerv in namespace xerv (new)
 *  Will        create 14 objects
 *
 *  Backend     raft, 3 replicas                                        change: 1
 *
 *  Checks      21 pass, 1 warning
 *    ! Warning: …                                                         XV-401
 *
 *  Writes      ./xerv-values.yaml
 *  The same    create-xerv-deploy install -f xerv-values.yaml -n xerv
 * ```
 */
export function reviewRows(
  body: ReviewBody,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  const { ellipsis } = symbols;
  const one = { width, rows: 1, ellipsis };
  const many = { width, rows: 20, ellipsis };
  // How many pass stands in the line above.
  const judged = { ...body.findings, passed: 0 };
  const findings = judged.findings.length === 0 ? [] : findingRows(judged, width, 6, symbols);
  const command = labelled('The same', body.command, many);
  const variables = body.variables.flatMap((name) => labelled('With', name, one));
  const writes = body.writes.flatMap((text, index) =>
    labelled(index === 0 ? 'Writes' : '', text, one),
  );
  const told = body.will.flatMap((line) => willRows(line, width, ellipsis));
  const will = told.map(
    ({ text, tone }, index): RowText => [
      span(pad(index === 0 ? ' Will' : '', labelColumn), 'muted'),
      span(text, tone),
    ],
  );
  // Data that goes is told first and in full, whatever else has no room; one line says how much is cut.
  const losses = told.filter(({ tone }) => tone === 'bad').length;
  const least = Math.min(will.length, Math.max(4, losses + 1));
  const parts = allot(rows, [
    ['cluster', 1],
    ['release', 1],
    ['title', 1],
    ['will', least],
    ['checks', 1],
    ['findings', Math.min(1, findings.length)],
    ['writes', writes.length],
    ['command', command.length],
    ['variables', variables.length],
    ['answers', body.answers.length],
    ['findings', Math.min(2, findings.length) - Math.min(1, findings.length)],
    ['gaps', 1],
    ['will', Math.max(0, Math.min(6, will.length) - least)],
    ['gaps', 1],
    ['findings', findings.length - Math.min(2, findings.length)],
    ['gaps', 2],
    ['will', will.length - Math.max(least, Math.min(6, will.length))],
  ]);
  const gap = (least: number): RowText[] => (parts.gaps >= least ? [[]] : []);
  return [
    ...[spread([span(' Review', 'strong')], [span(body.status, 'muted')], width, ellipsis)].slice(
      0,
      parts.title,
    ),
    ...gap(1),
    ...[clusterRow(body, width, ellipsis)].slice(0, parts.cluster),
    ...labelled('Release', releaseText(body), one).slice(0, parts.release),
    ...cutList(will, parts.will, ellipsis),
    ...gap(3),
    ...answerRows(body.answers, width, parts.answers, symbols),
    ...(body.answers.length > 0 ? gap(2) : []),
    ...labelled('Checks', checksText(body), one).slice(0, parts.checks),
    ...(parts.findings === 0 ? [] : findingRows(judged, width, parts.findings, symbols)),
    ...gap(4),
    ...cutList(writes, parts.writes, ellipsis),
    ...labelled('The same', body.command, { width, rows: parts.command, ellipsis }),
    ...variables.slice(0, parts.variables),
  ];
}

/** In a narrow terminal one row each, but for data that goes. */
function willRows({ text, tone }: ReviewBody['will'][number], width: number, ellipsis: string) {
  const rows = width < 60 && tone !== 'bad' ? 1 : 2;
  return wrap(text, width - labelColumn, rows, ellipsis).map((part) => ({ text: part, tone }));
}

function clusterRow({ target, looksLikeProduction }: ReviewBody, width: number, ellipsis: string) {
  const right = looksLikeProduction ? [span('looks like production', 'warn')] : [];
  // However long the names are, the warning stays.
  const room = width - labelColumn - (right.length > 0 ? rowWidth(right) + 2 : 0);
  const context = shorten(target.context || 'none', room, ellipsis);
  const isSeen = target.server !== '' || target.context === '';
  const server = cut(
    `  ${isSeen ? target.server : 'not reached'}`,
    room - widthOf(context),
    ellipsis,
  );
  const left = [
    span(pad(' Cluster', labelColumn), 'muted'),
    span(context, 'strong'),
    ...(widthOf(server) > 12 ? [span(server, 'muted')] : []),
  ];
  return spread(left, right, width, ellipsis);
}

function releaseText({ target }: ReviewBody): string {
  if (target.server === '') return `${target.release} in namespace ${target.namespace}`;
  const state = target.isNew ? ' (new)' : ' (already running)';
  return `${target.release} in namespace ${target.namespace}${state}`;
}

/** Where not all fit, those of which nothing was chosen go first; the last line names the others. */
function answerRows(
  answers: ReviewBody['answers'],
  width: number,
  rows: number,
  symbols: Symbols,
): readonly RowText[] {
  if (answers.length <= rows || rows <= 0)
    return answers.slice(0, rows).map((answer) => answerRow(answer, width, symbols));
  const told = answers.filter(({ isQuiet }) => !isQuiet);
  // What differs from what runs must be seen, whatever else has no room.
  const first = [
    ...told.filter(({ isChanged }) => isChanged),
    ...told.filter(({ isChanged }) => !isChanged),
  ].slice(0, rows - 1);
  const shown = answers.filter((answer) => first.includes(answer));
  const others = answers.filter((answer) => !shown.includes(answer));
  const names = others.map(({ label, key }) => `${key} ${label}`).join(', ');
  const label = others.every(({ isQuiet }) => isQuiet) ? ' Not chosen' : ' More';
  return [
    ...shown.map((answer) => answerRow(answer, width, symbols)),
    [span(pad(label, labelColumn), 'muted'), span(names, 'muted')],
  ];
}

function answerRow(
  { label, text, key, isChanged }: ReviewBody['answers'][number],
  width: number,
  { ellipsis }: Symbols,
): RowText {
  const left = [
    span(pad(` ${label}`, labelColumn), 'muted'),
    span(text),
    span(isChanged ? '  changed' : '', 'accent'),
  ];
  const [short = ''] = wrap(text, width - labelColumn - 12 - (isChanged ? 9 : 0), 1, ellipsis);
  const fitted = widthOf(short) < widthOf(text) ? [left[0], span(short), left[2]] : left;
  return spread(
    fitted.filter((part) => part !== undefined),
    [span(`edit: ${key}`, 'muted')],
    width,
    ellipsis,
  );
}

function checksText({
  findings: { state, since, findings, passed, needCluster },
}: ReviewBody): string {
  if (state !== 'known' && state !== 'coming') return notAsked[state];
  if (state === 'coming') return 'coming';
  const count = (status: string) => findings.filter((one) => one.status === status).length;
  if (findings.length + passed + needCluster === 0) return 'none';
  const parts = [
    `${passed} pass`,
    ...(
      [
        ['fail', 'fails', 'fail'],
        ['warn', 'warning', 'warnings'],
        ['unknown', 'unknown', 'unknown'],
        ['skip', 'let pass', 'let pass'],
      ] as const
    ).flatMap(([status, single, several]) => {
      const number = count(status);
      return number === 0 ? [] : [`${number} ${number === 1 ? single : several}`];
    }),
    ...(needCluster === 0 ? [] : [needClusterText(needCluster)]),
    ...(since === undefined ? [] : [`as it was before ${since}`]),
  ];
  return parts.join(', ');
}

function cutList(lines: readonly RowText[], rows: number, ellipsis: string): RowText[] {
  if (lines.length <= rows) return [...lines];
  if (rows <= 0) return [];
  const hidden = lines.length - rows + 1;
  const more = `${' '.repeat(labelColumn)}${ellipsis} ${hidden} more`;
  return [...lines.slice(0, rows - 1), [span(more, 'muted')]];
}
