import type { FlagGroup } from './command-table.ts';
import type { Flag } from './flag.ts';
import { flagTable } from './flag-table.ts';

/** A flag as help writes it, without its value: `--alerts`, `--[no-]alerts`. */
export function flagText({ name, hasOpposite }: Flag): string {
  return `--${hasOpposite ? '[no-]' : ''}${name}`;
}

/** The flags of some groups, each name once. */
export function flagsOf(groups: readonly FlagGroup[]): readonly Flag[] {
  const byName = new Map<string, Flag>();
  for (const flag of flagTable) {
    if (groups.includes(flag.group) && !byName.has(flag.name)) byName.set(flag.name, flag);
  }
  return [...byName.values()];
}
