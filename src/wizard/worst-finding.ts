import type { Finding } from '../checks/types.ts';
import { toldFindings } from './findings.ts';
import { placeOf } from './list.ts';
import type { WizardState } from './state.ts';
import { entryOf, listOf } from './surface.ts';

/** The finding to explain first: what blocks the option, else the worst of all. */
export function worstOf(state: WizardState): Finding | undefined {
  const place = placeOf(entryOf(state), listOf(state));
  const blocked = place.options[place.index]?.blockedBy;
  const [worst] = toldFindings(state);
  const tells = worst && worst.status !== 'pass' && worst.status !== 'skip';
  return blocked ?? (tells ? worst : undefined);
}
