import type { PodState, ReleaseEvent } from '../release/events.ts';
import type { Palette } from './palette.ts';

type Rollout = Extract<ReleaseEvent, { type: 'rollout' }>;

/**
 * What changed between two looks at a rollout, as lines to append: only pods and claims that a
 * reader has not seen in this state.
 *
 * ```
 *   · data-xerv-0  Bound     50Gi  fast-ssd
 *   ● xerv-0       starting  node-a  container starting
 *   ✓ xerv-0       ready     node-a  7s
 * ```
 */
export function formatRollout(
  now: Rollout,
  before: Rollout | undefined,
  palette: Palette,
): string[] {
  const known = new Set(before ? describeAll(before, palette).map(withoutAge) : []);
  const width = Math.max(...[...now.claims, ...now.pods].map(({ name }) => name.length), 0);
  return describeAll(now, palette, width).filter(
    (line) => !known.has(withoutAge(line)) && !(before === undefined && line === ''),
  );
}

function describeAll(rollout: Rollout, palette: Palette, width = nameWidth(rollout)): string[] {
  return [
    ...rollout.claims.map(
      ({ name, phase, size, storageClass }) =>
        `   ${palette.signs.waiting} ${name.padEnd(width)}  ${phase.padEnd(11)}  ${size}  ${storageClass}`,
    ),
    ...rollout.pods.map((pod) => describePod(pod, palette, width)),
  ];
}

function nameWidth({ claims, pods }: Rollout): number {
  return Math.max(...[...claims, ...pods].map(({ name }) => name.length), 0);
}

/** One pod as a line. */
export function describePod(pod: PodState, palette: Palette, width: number): string {
  const { sign, paint } = podSign(pod.state, palette);
  const details = [
    pod.node,
    pod.state === 'ready' ? undefined : pod.reason,
    pod.restarts > 0 ? `${pod.restarts} restart${pod.restarts === 1 ? '' : 's'}` : undefined,
    pod.state === 'ready' ? `${pod.ageSeconds}s` : undefined,
  ].filter((part) => part !== undefined && part !== '');
  return `   ${paint(sign)} ${pod.name.padEnd(width)}  ${pod.state.padEnd(11)}  ${details.join('  ')}`;
}

function podSign(state: PodState['state'], { signs, good, bad, faint }: Palette) {
  switch (state) {
    case 'ready':
      return { sign: signs.done, paint: good };
    case 'failing':
      return { sign: signs.failed, paint: bad };
    case 'starting':
      return { sign: signs.running, paint: (text: string) => text };
    case 'pending':
    case 'terminating':
      return { sign: signs.waiting, paint: faint };
  }
}

function withoutAge(line: string): string {
  return line.replace(/ {2}\d+s$/, '').replace(/ +/g, ' ');
}
