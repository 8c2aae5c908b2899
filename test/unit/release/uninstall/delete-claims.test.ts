import { expect, test } from 'vitest';
import type { Api, ApiFailure } from '../../../../src/cluster/types.ts';
import type { LedgerEntry } from '../../../../src/release/claims.ts';
import { deleteClaims } from '../../../../src/release/uninstall/delete-claims.ts';

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

  expect(deletion).toMatchObject({
    fate: 'unknown',
    problem: {
      message: 'Claim data-xerv-0 is marked for deletion; could not read whether it is gone.',
      why: 'connection refused',
    },
  });
});

test.each<[string, ApiFailure, string]>([
  ['no answer', { kind: 'unreachable', message: 'EOF' }, 'unknown'],
  ['an answer too late', { kind: 'timeout', message: 'no answer within 15 s' }, 'unknown'],
  ['not allowed', { kind: 'forbidden', message: 'may not delete' }, 'there'],
  ['another one of that name', { kind: 'conflict', message: 'uid' }, 'gone'],
  ['gone already', { kind: 'not-found', message: 'not found' }, 'gone'],
])('after %s the claim is said to be what is known', async (_, failure, fate) => {
  const lost = { kind: 'unreachable', message: 'connection refused' } as const;
  const api = {
    delete: async () => ({ ok: false, failure }),
    get: async () => ({ ok: false, failure: lost }),
  } as unknown as Api;
  const deps = { api, now: () => 0, sleep: async () => {} };
  const target = { context: 'c', server: 's', identity: 'i', namespace: 'n', release: 'xerv' };
  const entry = { name: 'data-xerv-0', uid: 'u' } as LedgerEntry;

  expect(await deleteClaims(deps, target, [entry], 3)).toMatchObject([{ fate }]);
});
