import { expect, test } from 'vitest';
import { createPalette } from '../../../src/plain/palette.ts';
import { formatPlan } from '../../../src/plain/plan-lines.ts';
import type { FieldChange, ReleasePlan } from '../../../src/release/plan/types.ts';

const palette = createPalette({ colors: false } as never);

/** The lines that tell of one change, joined. */
function describe(change: FieldChange): string {
  const plan: ReleasePlan = {
    action: 'upgrade',
    target: {} as never,
    objects: [{ object: 'ConfigMap/a', action: 'changed', changes: [change] }],
    data: [],
    disruption: [],
    steps: [],
  };
  const lines = formatPlan(plan, [], palette);
  const start = lines.indexOf('  ~ ConfigMap/a') + 1;
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('        '));
  const mine = lines.slice(start, end === -1 ? undefined : end);
  return mine
    .filter((line) => line !== '')
    .map((line) => line.trim())
    .join(' ');
}

test('shows both sides of a change', () => {
  expect(describe({ kind: 'changed', path: 'spec.replicas', before: 3, after: 5 })).toBe(
    'spec.replicas: 3 -> 5',
  );
});

test('cuts long texts', () => {
  const told = describe({ kind: 'added', path: 'data.rules', after: `groups:\n${'x'.repeat(99)}` });
  expect(told).toBe(`+ data.rules: groups: ${'x'.repeat(49)}...`);
});

test('shows long texts that begin alike from where they differ', () => {
  const start = `{"title":"XERV","panels":[${'0,'.repeat(40)}`;
  const told = describe({
    kind: 'changed',
    path: 'data.json',
    before: `${start}"old title"]}`,
    after: `${start}"new title"],"more":"${'y'.repeat(80)}"}`,
  });
  expect(told).toContain('"old title"]}');
  expect(told).toContain('-> ...,0,0,0,0,"new title"],"more":"yyyy');
  expect(told.length).toBeLessThan(160);
});

test('shows one that is the beginning of the other', () => {
  const start = 'a'.repeat(90);
  const told = describe({ kind: 'changed', path: 'data.a', before: start, after: `${start}b` });
  expect(told).toBe(`data.a: ...${'a'.repeat(10)} -> ...${'a'.repeat(10)}b`);
});
