import { type Finding, type Remedy, type Status, statuses } from '../checks/types.ts';
import { printPath } from '../values/path.ts';
import { indented } from './indented.ts';
import type { Palette } from './palette.ts';

/**
 * Findings as lines, the worst first.
 *
 * ```
 * ✗ XV-301 Failed: StorageClass fast-ssd does not exist.
 *     StorageClasses: standard (default)
 *     Use StorageClass standard.
 *       --set storage.class=standard
 *
 * 12 checks: 1 failed, 11 passed
 * ```
 *
 * @param verbose whether passes are shown
 */
export function formatFindings(
  findings: readonly Finding[],
  palette: Palette,
  verbose: boolean,
): string[] {
  const shown = statuses
    .flatMap((status) => findings.filter((finding) => finding.status === status))
    .filter(
      ({ status, skippedBecause }) =>
        verbose || skippedBecause !== undefined || (status !== 'pass' && status !== 'skip'),
    );
  return [
    ...groupAlike(shown).flatMap((alike) => [...formatFinding(alike, palette), '']),
    summary(findings, palette),
  ];
}

const words: Readonly<Record<Status, string>> = {
  fail: 'Failed',
  unknown: 'Unknown',
  warn: 'Warning',
  skip: 'Skipped',
  pass: 'Passed',
};

/** What several checks say in the same words is said once. */
function groupAlike(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { status, message, evidence, remedies, skippedBecause } = finding;
    const key = JSON.stringify([status, message, evidence, remedies, skippedBecause]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function formatFinding([finding, ...alike]: readonly [Finding, ...Finding[]], palette: Palette) {
  const { message, evidence = [], remedies = [] } = finding;
  const others = alike.map(({ check }) => check).join(', ');
  return [
    `${head(finding, palette)} ${message}`,
    ...(others === '' ? [] : [palette.faint(`    The same for ${others}`)]),
    ...evidence.flatMap((line) => indented(line, 4)).map(palette.faint),
    ...remedies.flatMap((remedy) => formatRemedy(remedy, palette)),
  ];
}

function head(
  { status, check, skippedBecause }: Finding,
  { good, bad, careful, faint, signs }: Palette,
): string {
  const style = { fail: bad, unknown: careful, warn: careful, skip: faint, pass: good }[status];
  const sign = {
    fail: signs.failed,
    unknown: '?',
    warn: signs.warning,
    skip: signs.waiting,
    pass: signs.done,
  }[status];
  const word = skippedBecause === undefined ? words[status] : `Let pass (${skippedBecause})`;
  return style(`${sign} ${check} ${word}:`);
}

function formatRemedy({ text, command, changes = [] }: Remedy, palette: Palette): string[] {
  return [
    ...indented(text, 4),
    ...(command === undefined ? [] : indented(command, 6)).map(palette.strong),
    ...changes.map(({ path, value }) =>
      palette.strong(
        value === undefined
          ? `      take ${printPath(path)} out of the values`
          : `      --set-json '${printPath(path)}=${JSON.stringify(value)}'`,
      ),
    ),
  ];
}

function summary(findings: readonly Finding[], { strong }: Palette): string {
  const counts = new Map<string, number>();
  for (const status of statuses)
    for (const finding of findings.filter((one) => one.status === status)) {
      const word = finding.skippedBecause === undefined ? outcomes[status] : 'let pass';
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  const told = [...counts].map(([word, count]) => `${count} ${word}`);
  const noun = findings.length === 1 ? 'finding' : 'findings';
  return strong(`${findings.length} ${noun}: ${told.join(', ') || 'nothing to check'}`);
}

const outcomes: Readonly<Record<Status, string>> = {
  fail: 'failed',
  unknown: 'unknown',
  warn: 'with a warning',
  skip: 'skipped',
  pass: 'passed',
};
