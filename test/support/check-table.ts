import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/checks/catalogue.ts';
import type { CheckId } from '../../src/checks/types.ts';
import { type CheckSituation, checkInput, mend, runCheck, statusesOf } from './check-input.ts';

/** A situation, in words, and what a check says of it. */
export type Row = readonly [CheckId, string, CheckSituation, string[]];

/** Tests that checks say of each situation what a table tells, of each check more than one thing. */
export function judgeVerdicts(table: readonly Row[]): void {
  test.each(table)('%s %s', (id, _, situation, expected) => {
    expect(statusesOf(id, situation)).toEqual(expected);
  });

  test('every check is in the table with more than one outcome', () => {
    const outcomes = new Map<string, Set<string>>();
    for (const [id, , , expected] of table)
      outcomes.set(id, new Set([...(outcomes.get(id) ?? []), ...expected]));
    for (const [id, seen] of outcomes) expect([id, seen.size > 1]).toEqual([id, true]);
  });

  test('every failure says what to do', () => {
    for (const [id, , situation] of table)
      for (const { status, message, remedies = [] } of runCheck(id, situation))
        if (status === 'fail') expect([message, remedies.length > 0]).toEqual([message, true]);
  });
}

/** The same, and that the values that are offered mend it; of objects nothing is rendered anew. */
export function judgeTable(table: readonly Row[]): void {
  judgeVerdicts(table);
  describe('what mends them', () => {
    const mendable = table.filter(([id, , situation]) =>
      runCheck(id, situation).some(({ remedies = [] }) => remedies.some(({ changes }) => changes)),
    );
    test.each(mendable)('%s %s', (id, _, situation) => {
      const { values = {} } = situation;
      const found = runCheck(id, situation).find(({ remedies = [] }) =>
        remedies.some(({ changes }) => changes),
      );
      const mended = onlyNeeded(id, { ...situation, values: mend(found, values) });
      expect(
        statusesOf(id, mended).filter((status) => status === 'fail' || status === 'warn'),
      ).toEqual([]);
    });
  });
}

/** Without the facts that the check no longer asks for with these values. */
function onlyNeeded(id: CheckId, situation: CheckSituation): CheckSituation {
  const check = catalogue.find((one) => one.id === id);
  const needed: ReadonlySet<string> = new Set(check?.needs(checkInput(situation)));
  const { facts = {}, unknown = [] } = situation;
  return {
    ...situation,
    facts: Object.fromEntries(Object.entries(facts).filter(([name]) => needed.has(name))),
    unknown: unknown.filter((name) => needed.has(name)),
  };
}
