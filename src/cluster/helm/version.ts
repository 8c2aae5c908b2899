import type { HelmVersion } from '../types.ts';

/** The oldest helm that is tested with; charts and flags that we use are in it. */
export const oldestHelm = { major: 3, minor: 12 } as const;

/**
 * Whether `helm template` can leave out validating values by the chart's schema: from 3.16 on.
 * Source: https://github.com/helm/helm/releases/tag/v3.16.0
 */
export function canSkipSchema({ major, minor }: HelmVersion): boolean {
  return major > 3 || (major === 3 && minor >= 16);
}

/**
 * Reads what `helm version --template '{{.Version}}'` prints: "v3.17.3", "v4.1.4+gabc".
 *
 * @returns undefined where it is something else
 */
export function parseHelmVersion(output: string): HelmVersion | undefined {
  const [, version, major, minor] = /^\s*v?((\d+)\.(\d+)\.\d+[^\s+]*)/.exec(output) ?? [];
  if (version === undefined) return undefined;
  const parsed = { major: Number(major), minor: Number(minor) };
  const tooOld =
    parsed.major < oldestHelm.major ||
    (parsed.major === oldestHelm.major && parsed.minor < oldestHelm.minor);
  return { version, ...parsed, tooOld };
}
