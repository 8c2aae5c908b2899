import type { Diagnosis, ReleaseEvent } from '../release/events.ts';
import type { Target } from '../release/target.ts';
import { indented } from './indented.ts';
import type { Palette } from './palette.ts';
import { formatPlanSummary } from './plan-summary.ts';
import { formatProblems } from './problems.ts';
import { formatRollout } from './rollout-lines.ts';

/**
 * Turns events into lines to append. The returned function remembers the last rollout, so that each
 * line says something new.
 */
export function createEventFormatter(palette: Palette): (event: ReleaseEvent) => string[] {
  let lastRollout: Extract<ReleaseEvent, { type: 'rollout' }> | undefined;
  return (event) => {
    if (event.type !== 'rollout') return formatEvent(event, palette);
    const lines = formatRollout(event, lastRollout, palette);
    lastRollout = event;
    return lines;
  };
}

/** "release xerv in namespace xerv on context playground (https://127.0.0.1:6443)". */
export function describeTarget({ release, namespace, context, server }: Target): string {
  return `release ${release} in namespace ${namespace} on ${context} (${server})`;
}

function formatEvent(
  event: Exclude<ReleaseEvent, { type: 'rollout' }>,
  palette: Palette,
): string[] {
  const { signs } = palette;
  switch (event.type) {
    case 'target':
      return [palette.strong(`XERV ${event.action}: ${describeTarget(event.target)}`)];
    case 'plan':
      return formatPlanSummary(event.plan, palette);
    case 'notice':
      return event.level === 'warning'
        ? [` ${palette.careful(`${signs.warning} Warning:`)} ${event.message}`]
        : [` ${signs.bullet} ${event.message}`];
    case 'step':
      return event.state === 'done' ? [` ${palette.good(signs.done)} ${event.step}`] : [];
    case 'removed':
      return [` ${palette.good(signs.done)} removed ${event.object}`];
    case 'kept':
      return [` ${signs.bullet} kept ${event.object}: ${event.why}`];
    case 'outcome':
      return formatOutcome(event, palette);
  }
}

function formatOutcome(
  event: Extract<ReleaseEvent, { type: 'outcome' }>,
  palette: Palette,
): string[] {
  const { signs } = palette;
  const headline =
    event.outcome === 'done'
      ? palette.good(`${signs.done} ${event.message}`)
      : palette.bad(`${signs.failed} ${event.message}`);
  return [
    '',
    palette.strong(headline),
    ...(event.state ? indented(event.state, 2) : []),
    ...event.diagnoses.flatMap((diagnosis) => formatDiagnosis(diagnosis, palette)),
    ...formatProblems(event.problems, palette),
    ...(event.next.length > 0 ? ['', ...event.next.flatMap((line) => indented(line, 2))] : []),
  ];
}

/** Cause in one sentence, proof below it, then what to do. */
export function formatDiagnosis(diagnosis: Diagnosis, palette: Palette): string[] {
  return [
    '',
    `  ${palette.strong(diagnosis.object)}: ${diagnosis.message}`,
    ...diagnosis.evidence.map((line) => palette.faint(`    | ${line}`)),
    ...indented(diagnosis.next, 4),
  ];
}
