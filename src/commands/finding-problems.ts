import type { Finding, Remedy } from '../checks/types.ts';
import type { Problem } from '../errors.ts';
import { printPath } from '../values/path.ts';

/** What failed and was not let pass, as problems that stop a change. */
export function findingProblems(findings: readonly Finding[]): Problem[] {
  return findings
    .filter(({ status }) => status === 'fail')
    .map(({ check, message, evidence = [], remedies = [] }) => ({
      message,
      where: check,
      ...(evidence.length > 0 ? { why: evidence.join('\n') } : {}),
      ...(remedies.length > 0 ? { next: remedies.map(describeRemedy).join('\n') } : {}),
    }));
}

function describeRemedy({ text, command, changes = [] }: Remedy): string {
  const sets = changes.map(({ path, value }) =>
    value === undefined
      ? `take ${printPath(path)} out of the values`
      : `--set-json '${printPath(path)}=${JSON.stringify(value)}'`,
  );
  const below = [...(command === undefined ? [] : command.split('\n')), ...sets];
  return [text, ...below.map((line) => `  ${line}`)].join('\n');
}

/** What a user should know before agreeing: warnings, what could not be seen, what was let pass. */
export function describeFindings(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ status, check, message, skippedBecause }) => {
    if (skippedBecause !== undefined) return [`${check} let pass (${skippedBecause}): ${message}`];
    return status === 'warn' || status === 'unknown' ? [`${check}: ${message}`] : [];
  });
}

/** What helm's record should say of the checks that were let pass; undefined where none was. */
export function recordSkips(findings: readonly Finding[]): string | undefined {
  const skipped = findings.flatMap(({ check, skippedBecause }) =>
    skippedBecause === undefined ? [] : [`${check} (${skippedBecause})`],
  );
  return skipped.length === 0 ? undefined : `Checks let pass: ${[...new Set(skipped)].join(', ')}`;
}
