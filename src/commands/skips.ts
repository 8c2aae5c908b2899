import type { Finding } from '../checks/types.ts';

/** Checks that the user lets pass, and why. */
export type Skips = ReadonlyMap<string, string>;

/** Failures that the user lets pass no longer fail, and say so. */
export function skipFindings(findings: readonly Finding[], skips: Skips): readonly Finding[] {
  return findings.map((finding) => {
    const reason = skips.get(finding.check);
    if (reason === undefined || finding.status !== 'fail') return finding;
    return { ...finding, status: 'skip', skippedBecause: reason };
  });
}
