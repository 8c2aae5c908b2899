import * as z from 'zod/mini';
import { take } from './gathering.ts';
import type { FactReader } from './reader.ts';

const groupList = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      versions: z.array(z.object({ groupVersion: z.string(), version: z.string() })),
      preferredVersion: z.optional(z.object({ version: z.string() })),
    }),
  ),
});

/** An API group that the server has. */
export interface ServedGroup {
  /** Such as `apps`. */
  readonly name: string;
  /** Such as `v1`, the preferred one first. */
  readonly versions: readonly string[];
}

/** The API groups of the server; asked for once. Only for use within a gathering. */
export async function readGroups(reader: FactReader): Promise<readonly ServedGroup[]> {
  const { groups } = take(await reader.get('/apis', groupList));
  return groups.map(({ name, versions, preferredVersion }) => {
    const preferred = preferredVersion?.version;
    const all = versions.map(({ version }) => version);
    return {
      name,
      versions: preferred ? [preferred, ...all.filter((version) => version !== preferred)] : all,
    };
  });
}

/** The preferred version of a group; undefined where it is not served. */
export async function servedVersion(
  reader: FactReader,
  group: string,
): Promise<string | undefined> {
  return (await readGroups(reader)).find(({ name }) => name === group)?.versions[0];
}
