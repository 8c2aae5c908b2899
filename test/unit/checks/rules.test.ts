import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import { rules } from '../../../src/checks/rules.ts';

const kept = (id: string) => catalogue.filter((check) => check.rules.includes(id));

describe('the rules between choices', () => {
  test('stand in order, each once', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('all 84 of them are kept', () => {
    const all = Array.from({ length: 84 }, (_, index) => `D${String(index + 1).padStart(2, '0')}`);
    expect(rules.map(({ id }) => id)).toEqual(all);
  });

  test('what the chart keeps by itself, a test of the chart names', async () => {
    const folder = new URL('../../chart/', import.meta.url);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
    const named = new Set(texts.flatMap((text) => text.match(/\bD\d\d\b/g) ?? []));
    const ofChart = rules.filter(({ owners }) => owners.some((owner) => 'chart' in owner));
    expect(ofChart.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
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
