import type { Choice } from './list.ts';
import type { ClaimFate, Ledger } from './plan.ts';

/** What can become of the data of a release that is removed; empty where it has none of its own. */
export function ledgerOptions({ claims }: Ledger): readonly Choice[] {
  const own = claims.filter(({ fate }) => fate !== 'untouched');
  if (own.length === 0) return [];
  const description = 'a later install uses it again';
  const keep = { value: 'keep', label: 'Keep the data', description };
  const parts = Object.entries(counted).flatMap(([fate, words]) => {
    const number = own.filter((claim) => claim.fate === fate).length;
    return number === 0 ? [] : `${number} ${number === 1 ? words[0] : words[1]}`;
  });
  const loss = `${parts.join(', ')}; this cannot be undone`;
  return [keep, { value: 'delete', label: 'Delete the data', description: loss }];
}

/** Whether there is something to choose; where there is not, nothing is deleted. */
export function asksAboutData(ledger: Ledger): boolean {
  return ledgerOptions(ledger).length > 0;
}

const counted: Readonly<Partial<Record<ClaimFate, readonly [string, string]>>> = {
  erased: ['volume is erased', 'volumes are erased'],
  unknown: ['volume may be erased', 'volumes may be erased'],
  'volume-stays': ['volume stays with its data', 'volumes stay with their data'],
  'no-volume': ['claim without a volume is deleted', 'claims without a volume are deleted'],
};

/** What becomes of the data in a claim, in words for its line of the ledger. */
export const fateWords: Readonly<Record<ClaimFate, string>> = {
  erased: 'erased if you delete the data',
  'volume-stays': 'its volume always stays',
  'no-volume': 'empty',
  unknown: 'may be erased if you delete the data',
  untouched: 'yours: always stays',
};
