import { describe, expect, test } from 'vitest';
import { mend, runCheck, statusesOf } from '../../support/check-input.ts';

const raft = (accessMode: string) => ({ dispatch: { backend: 'raft' }, storage: { accessMode } });

describe('XV-302, D08', () => {
  test.each([
    ['ReadWriteOnce', 'pass'],
    ['ReadWriteOncePod', 'pass'],
    ['ReadWriteMany', 'warn'],
    ['ReadOnlyMany', 'fail'],
  ])('%s: %s', (mode, status) => {
    expect(statusesOf('XV-302', { values: raft(mode) })).toEqual([status]);
  });

  test('its remedy mends it', () => {
    const values = raft('ReadWriteMany');
    const [verdict] = runCheck('XV-302', { values });
    expect(statusesOf('XV-302', { values: mend(verdict, values) })).toEqual(['pass']);
  });

  test('has nothing to say of other backends', () => {
    expect(runCheck('XV-302', { values: { storage: { accessMode: 'ReadOnlyMany' } } })).toEqual([]);
  });
});
