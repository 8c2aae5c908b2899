import type { ReleaseHistory } from '../types.ts';
import type { FactValue } from './facts.ts';

/** The release as helm's record has it; who asks has read that record already. */
export function releaseFact(history: ReleaseHistory | undefined): FactValue<'release'> {
  const newest = history?.newest;
  return {
    // Where its history was kept, the record outlives an uninstall.
    installed: newest !== undefined && newest.status !== 'uninstalled',
    revision: newest?.revision ?? 0,
    status: newest?.status ?? '',
    chartVersion: newest?.chartVersion ?? '',
  };
}
