import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import { rules } from '../../../src/checks/rules.ts';

const kept = (id: string) => catalogue.filter((check) => check.rules.includes(id));

describe('the rules between choices', () => {
  test('stand in order, each once', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test.each(rules)('$id: $when', ({ id, owners }) => {
    expect(owners.length).toBeGreaterThan(0);
    const checks = owners.flatMap((owner) => ('check' in owner ? [owner.check] : []));
    expect(
      kept(id)
        .map((check) => check.id)
        .sort(),
    ).toEqual([...checks].sort());
  });

  test('no check keeps a rule that is not in the table', () => {
    const known = new Set<string>(rules.map(({ id }) => id));
    expect(catalogue.flatMap((check) => check.rules).filter((id) => !known.has(id))).toEqual([]);
  });
});
