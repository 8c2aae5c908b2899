import type { Finding } from '../../checks/types.ts';
import type { FindingsView } from '../../wizard/view.ts';
import type { Palette } from '../palette.ts';

const words: Readonly<Record<Finding['status'], string>> = {
  fail: 'Failed',
  unknown: 'Unknown',
  warn: 'Warning',
  skip: 'Skipped',
  pass: 'Passed',
};

/** "! XV-307 Warning: The volumes live in one zone each." */
export function findingLine(
  { check, status, message, skippedBecause }: Finding,
  { signs }: Palette,
): string {
  const sign = status === 'fail' ? signs.failed : signs.warning;
  const word = skippedBecause === undefined ? words[status] : `Let pass (${skippedBecause})`;
  return `${sign} ${check} ${word}: ${message}`;
}

/** A list that is longer is told in full by `findings`. */
const toldAtOnce = 5;

/**
 * Findings that were not there before, and what is settled. The returned function
 * remembers what it told.
 */
export function createFindingNews(palette: Palette): (view: FindingsView) => readonly string[] {
  let told: ReadonlyMap<string, Finding> | undefined;
  return ({ state, findings, passed }) => {
    if (state !== 'known') return [];
    const now = new Map(findings.map((finding) => [keyOf(finding), finding]));
    const before = told ?? new Map<string, Finding>();
    const isFirst = told === undefined;
    told = now;
    const fresh = [...now].filter(([key]) => !before.has(key)).map(([, finding]) => finding);
    const stillThere = new Set(findings.map(({ check }) => check));
    const settled = [...before.values()].filter(({ check }) => !stillThere.has(check));
    const lines = [
      ...fresh.slice(0, toldAtOnce).map((finding) => `  ${findingLine(finding, palette)}`),
      ...(fresh.length > toldAtOnce
        ? [`  and ${fresh.length - toldAtOnce} more: type findings to see them`]
        : []),
      ...settled.map(({ check }) => `  ${palette.signs.done} ${check} is settled`),
    ];
    if (lines.length > 0) return ['', 'The checks say', ...lines];
    return isFirst && passed > 0 ? ['', `The checks say: ${passed} passed.`] : [];
  };
}

function keyOf({ check, status, message }: Finding): string {
  return JSON.stringify([check, status, message]);
}
