import { expect, test } from 'vitest';
import type { Api } from '../../../src/cluster/types.ts';
import type { LedgerEntry } from '../../../src/release/claims.ts';
import { deleteClaims } from '../../../src/release/delete-claims.ts';

test('a claim that nobody can look at any more is not said to be mounted', async () => {
  const unreachable = { kind: 'unreachable', message: 'connection refused' } as const;
  const api = {
    delete: async () => ({ ok: true, value: undefined }),
    get: async () => ({ ok: false, failure: unreachable }),
  } as unknown as Api;
  let time = 0;
  const sleep = async () => {
    time += 1_000;
  };
  const deps = { api, now: () => time, sleep };
  const target = { context: 'c', server: 's', identity: 'i', namespace: 'n', release: 'xerv' };
  const entry = { name: 'data-xerv-0', uid: 'u' } as LedgerEntry;

  const [deletion] = await deleteClaims(deps, target, [entry], 3);

  expect(deletion?.problem).toEqual({
    message: 'Claim data-xerv-0 is marked for deletion; whether it is gone could not be read.',
    why: 'connection refused',
  });
});
