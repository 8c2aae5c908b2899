import { type Finding, type Remedy, type Status, statuses } from '../checks/types.ts';
import { printPath } from '../values/path.ts';
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
 */
export function formatFindings(
  findings: readonly Finding[],
  palette: Palette,
  { verbose }: { readonly verbose: boolean },
): string[] {
  const shown = statuses
    .filter((status) => verbose || (status !== 'pass' && status !== 'skip'))
    .flatMap((status) => findings.filter((finding) => finding.status === status));
  return [
    ...shown.flatMap((finding) => [...formatFinding(finding, palette), '']),
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

function formatFinding(finding: Finding, palette: Palette): string[] {
  const { status, check, message, evidence = [], remedies = [] } = finding;
  return [
    `${head(status, check, palette)} ${message}`,
    ...evidence.map((line) => palette.faint(`    ${line}`)),
    ...remedies.flatMap((remedy) => formatRemedy(remedy, palette)),
  ];
}

function head(
  status: Status,
  check: string,
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
  return style(`${sign} ${check} ${words[status]}:`);
}

function formatRemedy({ text, command, changes = [] }: Remedy, palette: Palette): string[] {
  return [
    `    ${text}`,
    ...(command?.split('\n') ?? []).map((line) => palette.strong(`      ${line}`)),
    ...changes.map(({ path, value }) =>
      palette.strong(`      --set-json '${printPath(path)}=${JSON.stringify(value ?? null)}'`),
    ),
  ];
}

function summary(findings: readonly Finding[], { strong }: Palette): string {
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length;
  const parts: readonly (readonly [Status, string])[] = [
    ['fail', 'failed'],
    ['unknown', 'unknown'],
    ['warn', 'with a warning'],
    ['skip', 'skipped'],
    ['pass', 'passed'],
  ];
  const told = parts
    .filter(([status]) => count(status) > 0)
    .map(([status, word]) => `${count(status)} ${word}`);
  return strong(`${findings.length} findings: ${told.join(', ') || 'nothing to check'}`);
}
