import type { PodState } from '../release/events.ts';
import type { RolloutBody } from '../wizard/view.ts';
import { allot } from './allot.ts';
import type { Role, Symbols } from './looks.ts';
import { type RowText, span, spread } from './row.ts';
import { pad, widthOf } from './text.ts';
import { wrap } from './wrap.ts';

/**
 * ```
 *  Installing xerv                                   0:14, watched for up to 5:00
 *
 *  ✓ values file written
 *  ● pods 2 of 3 ready
 *
 *    xerv-0   ✓ ready          node-a    7s
 *    xerv-2   ● starting       node-b    claim bound, image pulled
 *
 *    data-xerv-0   Bound   50Gi  fast-ssd
 *
 *  last event   xerv-2: readiness probe: connection refused (1)
 * ```
 */
export function rolloutRows(
  body: RolloutBody,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  const { ellipsis } = symbols;
  const steps = stepRows(body, symbols);
  const pods = podRows(body.pods, width, symbols);
  const claims = claimRows(body.claims);
  const event = body.lastEvent === undefined ? [] : eventRows(body.lastEvent, width, ellipsis);
  const parts = allot(rows, [
    ['title', 1],
    ['steps', Math.min(1, steps.length)],
    ['pods', Math.min(3, pods.length)],
    ['event', Math.min(1, event.length)],
    ['steps', steps.length - Math.min(1, steps.length)],
    ['pods', pods.length - Math.min(3, pods.length)],
    ['gaps', 1],
    ['event', event.length - Math.min(1, event.length)],
    ['gaps', 2],
    ['claims', claims.length],
    ['gaps', 1],
  ]);
  const gap = (least: number, after: number): RowText[] =>
    parts.gaps >= least && after > 0 ? [[]] : [];
  return [
    ...[titleRow(body, width, ellipsis)].slice(0, parts.title),
    ...gap(1, parts.steps),
    // The last steps tell more than the first.
    ...steps.slice(steps.length - parts.steps),
    ...gap(2, parts.pods),
    ...firstPods(pods, parts.pods, ellipsis),
    ...gap(4, parts.claims),
    ...claims.slice(0, parts.claims),
    ...gap(3, parts.event),
    ...event.slice(0, parts.event),
  ];
}

function titleRow(
  { title, elapsedSeconds, expectedSeconds, isStopping }: RolloutBody,
  width: number,
  ellipsis: string,
): RowText {
  const expected =
    expectedSeconds === undefined ? '' : `, watched for up to ${clock(expectedSeconds)}`;
  return spread(
    [span(` ${title}`, 'strong'), span(isStopping ? '  stopping' : '', 'warn')],
    [span(`${clock(elapsedSeconds)}${expected}`, 'muted')],
    width,
    ellipsis,
  );
}

/** Minutes and seconds: `0:14`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function stepRows({ steps, ready, wanted }: RolloutBody, symbols: Symbols): RowText[] {
  const told = steps.map(
    ({ text, state }): RowText => [
      span(
        ` ${state === 'done' ? symbols.done : symbols.current} `,
        state === 'done' ? 'good' : 'accent',
      ),
      span(text),
      span(state === 'done' ? '' : ` ${symbols.ellipsis}`, 'muted'),
    ],
  );
  if (wanted === 0) return told;
  const isReady = ready >= wanted;
  return [
    ...told,
    [
      span(` ${isReady ? symbols.done : symbols.current} `, isReady ? 'good' : 'accent'),
      span(`pods: ${ready} of ${wanted} ready`),
    ],
  ];
}

const podLooks: Readonly<
  Record<PodState['state'], { readonly symbol: keyof Symbols; readonly role: Role }>
> = {
  failing: { symbol: 'failed', role: 'bad' },
  starting: { symbol: 'current', role: 'accent' },
  pending: { symbol: 'open', role: 'warn' },
  terminating: { symbol: 'open', role: 'muted' },
  ready: { symbol: 'done', role: 'good' },
};

function podRows(pods: readonly PodState[], width: number, symbols: Symbols): RowText[] {
  const names = Math.max(0, ...pods.map(({ name }) => widthOf(name)));
  const nodes = Math.min(24, Math.max(0, ...pods.map(({ node = '' }) => widthOf(node))));
  return pods.map(({ name, state, node = '', reason, restarts, ageSeconds }) => {
    const { symbol, role } = podLooks[state];
    const details = [
      state === 'ready' ? '' : reason,
      restarts > 0 ? `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}` : '',
    ].filter((text) => text !== '');
    const left = [
      span(`   ${pad(name, names)}  `),
      span(`${symbols[symbol]} `, role),
      span(pad(state, 'terminating'.length), role),
      span(width < 56 || nodes === 0 ? '  ' : `  ${pad(node, nodes)}  `, 'muted'),
      span(details.join(', ')),
    ];
    return spread(left, [span(age(ageSeconds), 'muted')], width, symbols.ellipsis);
  });
}

function age(seconds: number): string {
  return seconds < 120 ? `${Math.floor(seconds)}s` : `${Math.floor(seconds / 60)}m`;
}

/** Where not all fit: those that are not ready are the news. */
function firstPods(pods: readonly RowText[], rows: number, ellipsis: string): RowText[] {
  if (pods.length <= rows) return [...pods];
  if (rows <= 0) return [];
  const isReady = (row: RowText) => row.some(({ role }) => role === 'good');
  const sorted = [...pods.filter((row) => !isReady(row)), ...pods.filter(isReady)];
  return [
    ...sorted.slice(0, rows - 1),
    [span(`   ${ellipsis} ${pods.length - rows + 1} more`, 'muted')],
  ];
}

function claimRows(claims: RolloutBody['claims']): RowText[] {
  const names = Math.max(0, ...claims.map(({ name }) => widthOf(name)));
  const phases = Math.max(0, ...claims.map(({ phase }) => widthOf(phase)));
  return claims.map(({ name, phase, size, storageClass }) => [
    span(`   ${pad(name, names)}  ${pad(phase, phases)}  `),
    span(`${size}  ${storageClass}`, 'muted'),
  ]);
}

function eventRows(text: string, width: number, ellipsis: string): RowText[] {
  const label = ' last event  ';
  return wrap(text, width - label.length, 2, ellipsis).map((line, index) => [
    span(index === 0 ? label : ' '.repeat(label.length), 'muted'),
    span(line),
  ]);
}
