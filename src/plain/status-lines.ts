import type { ReleaseStatus } from '../release/status.ts';
import { describeTarget, formatDiagnosis } from './event-lines.ts';
import type { Palette } from './palette.ts';
import { formatProblems } from './problems.ts';
import { describePod } from './rollout-lines.ts';

/**
 * A release's status as lines.
 *
 * ```
 * XERV: release xerv in namespace xerv on playground (https://127.0.0.1:6443)
 * ✓ Release xerv is deployed in namespace xerv. 5 of 5 pods are ready.
 *   revision 1, chart xerv 0.2.0, XERV 0.1.0, backend raft
 *
 *   ✓ xerv-0  ready  node-1  7s
 *
 *   data-xerv-0  Bound  50Gi  standard
 * ```
 */
export function formatStatus(status: ReleaseStatus, palette: Palette): string[] {
  const { release, backend, pods, claims, ledger, diagnoses, notices, problems } = status;
  const width = Math.max(0, ...[...pods, ...claims, ...ledger].map(({ name }) => name.length));
  const claimNames = new Set(claims.map(({ name }) => name));
  const unused = ledger.filter(({ name }) => !claimNames.has(name));
  return [
    palette.strong(`XERV: ${describeTarget(status.target)}`),
    headline(status, palette),
    ...(release
      ? [
          `  revision ${release.revision}, chart ${release.chartName} ${release.chartVersion}, XERV ${release.appVersion}${backend ? `, backend ${backend}` : ''}`,
        ]
      : []),
    ...section(pods.map((pod) => describePod(pod, palette, width))),
    ...section([
      ...claims.map(
        ({ name, phase, size, storageClass }) =>
          `     ${name.padEnd(width)}  ${phase.padEnd(11)}  ${size}  ${storageClass}`,
      ),
      ...unused.map(
        ({ name, phase, size, origin, mountedBy }) =>
          `     ${name.padEnd(width)}  ${phase.padEnd(11)}  ${size}  ${origin}, ${mountedBy.length > 0 ? `mounted by ${mountedBy.join(', ')}` : 'used by no pod now'}`,
      ),
    ]),
    ...diagnoses.flatMap((diagnosis) => formatDiagnosis(diagnosis, palette)),
    ...section(
      notices.map((notice) => ` ${palette.careful(`${palette.signs.warning} Note:`)} ${notice}`),
    ),
    ...section(formatProblems(problems, palette)),
  ];
}

function headline({ health, summary }: ReleaseStatus, { good, bad, careful, signs }: Palette) {
  switch (health) {
    case 'healthy':
      return good(`${signs.done} ${summary}`);
    case 'progressing':
      return careful(`${signs.running} ${summary}`);
    case 'failing':
      return bad(`${signs.failed} ${summary}`);
    case 'absent':
    case 'unknown':
      return `${signs.waiting} ${summary}`;
  }
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', ...lines] : [];
}
