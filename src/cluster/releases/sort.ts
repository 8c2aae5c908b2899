import type { StoredRelease } from '../types.ts';

/** Sorts by namespace, then by name, in place. */
export function sortReleases(releases: StoredRelease[]): StoredRelease[] {
  return releases.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
