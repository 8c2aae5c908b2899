import type { Choice } from './list.ts';
import type { Ledger } from './state.ts';

/** What can become of the data of a release that is removed. */
export function ledgerOptions({ claims }: Ledger): readonly Choice[] {
  const own = claims.filter(({ isOurs }) => isOurs);
  const keep = {
    value: 'keep',
    label: 'Keep the data',
    description: claims.length === 0 ? 'there are no claims' : 'a later install finds it again',
  };
  if (own.length === 0) return [keep];
  const erased = own.filter(({ volume }) => volume.toLowerCase().includes('delete')).length;
  const description =
    erased === own.length
      ? `${count(erased)} erased; this cannot be undone`
      : `${count(erased)} erased, ${own.length - erased} stay as Released; this cannot be undone`;
  return [keep, { value: 'delete', label: 'Delete the data', description }];
}

function count(volumes: number): string {
  return volumes === 1 ? '1 volume is' : `${volumes} volumes are`;
}
