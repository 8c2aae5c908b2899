import type { Check, Remedy } from '../checks/types.ts';
import { formatChanges } from '../values/diff.ts';
import { maskNode } from '../values/mask.ts';
import { printPath } from '../values/path.ts';
import { leaves } from '../values/tree.ts';
import { keyMap } from './key-map.ts';
import { keyWord } from './key-words.ts';
import type { Overlay } from './overlay.ts';
import { quotedLogs } from './quoted-logs.ts';
import type { WizardState } from './state.ts';
import type { Line } from './view.ts';

export interface TitledLines {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What an overlay shows that is only read. */
export function overlayLines(state: WizardState, overlay: Overlay): TitledLines {
  switch (overlay.kind) {
    case 'keys':
      return { title: 'Keys', lines: keyLines() };
    case 'values':
      return { title: 'Values', lines: valuesLines(state) };
    case 'diff':
      return { title: 'Difference', lines: diffLines(state) };
    case 'manifest':
      return { title: 'Manifests', lines: manifestLines(state) };
    case 'logs':
      return { title: 'Last log lines', lines: logLines(state) };
    case 'finding':
      return findingLines(overlay.finding, state.world.checks);
    default:
      return { title: '', lines: [] };
  }
}

const plain = (text: string): Line => ({ text, tone: 'plain' });
const titled = (text: string): Line => ({ text, tone: 'title' });

function keyLines(): readonly Line[] {
  const column = Math.max(...keyMap.map(({ hint }) => keyWord(hint).length)) + 2;
  return keyMap.map(({ hint, help }) => plain(`${keyWord(hint).padEnd(column)}${help}`));
}

function valuesLines({ assumed, derived }: WizardState): readonly Line[] {
  const changes = formatChanges(assumed?.changes ?? []);
  const masked = maskNode(derived.replay.given);
  const given = [...leaves(masked)].filter(({ path }) => path.length > 0);
  return [
    ...(changes.length === 0 ? [] : [titled('This answer changes'), ...changes.map(changeLine)]),
    titled("Different from the chart's defaults"),
    ...(given.length === 0 ? [plain('nothing')] : []),
    ...given.map(({ path, node }) => plain(`${printPath(path)}: ${JSON.stringify(node)}`)),
  ];
}

function diffLines({ phase }: WizardState): readonly Line[] {
  if (phase.name !== 'review') return [];
  const { diff } = phase.reviewed;
  return diff.length === 0 ? [plain('Nothing changes.')] : diff.map(changeLine);
}

function manifestLines({ phase }: WizardState): readonly Line[] {
  return phase.name === 'review' ? phase.reviewed.manifest.split('\n').map(plain) : [];
}

function logLines(state: WizardState): readonly Line[] {
  return quotedLogs(state).flatMap(({ object, lines }) => [titled(object), ...lines.map(plain)]);
}

function changeLine(text: string): Line {
  const sign = text.trimStart().charAt(0);
  const tone = sign === '+' ? 'added' : sign === '-' ? 'removed' : sign === '!' ? 'warn' : 'plain';
  return { text, tone };
}

function findingLines(
  finding: Extract<Overlay, { kind: 'finding' }>['finding'],
  checks: readonly Check[] = [],
): TitledLines {
  const { check, status, message, evidence = [], remedies = [], skippedBecause } = finding;
  const why = checks.find(({ id }) => id === check)?.why;
  const tone = status === 'fail' ? 'bad' : status === 'pass' ? 'good' : 'warn';
  return {
    title: `${check} ${finding.title}`,
    lines: [
      { text: `${status}: ${message}`, tone },
      ...(skippedBecause === undefined ? [] : [plain(`let pass: ${skippedBecause}`)]),
      ...(why === undefined ? [] : [titled('Why it matters'), plain(why)]),
      ...(evidence.length === 0 ? [] : [titled('What was seen')]),
      ...evidence.map((text): Line => ({ text, tone: 'muted' })),
      ...(remedies.length === 0 ? [] : [titled('What can be done')]),
      ...remedies.flatMap(remedyLines),
    ],
  };
}

function remedyLines({ text, command, changes = [] }: Remedy): readonly Line[] {
  return [
    plain(text),
    ...(command?.split('\n') ?? []).map((line) => plain(`  ${line}`)),
    ...changes.map(({ path, value }) =>
      plain(
        value === undefined
          ? `  takes ${printPath(path)} away`
          : `  ${printPath(path)}: ${JSON.stringify(value)}`,
      ),
    ),
  ];
}
