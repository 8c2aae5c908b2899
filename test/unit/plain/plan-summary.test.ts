import { expect, test } from 'vitest';
import { createPalette } from '../../../src/plain/palette.ts';
import { formatPlanSummary } from '../../../src/plain/plan-summary.ts';
import type { ReleasePlan } from '../../../src/release/plan/types.ts';

const palette = createPalette({ colors: false, unicode: true });
const plan: ReleasePlan = {
  action: 'upgrade',
  target: { context: 'c', server: 's', identity: 'i', namespace: 'n', release: 'r' },
  objects: [
    { object: 'Deployment/xerv', action: 'removed', changes: [] },
    { object: 'StatefulSet/xerv', action: 'created', changes: [] },
    { object: 'Service/a', action: 'created', changes: [] },
    { object: 'Service/b', action: 'created', changes: [] },
    { object: 'ConfigMap/xerv', action: 'unchanged', changes: [] },
  ],
  data: [
    { claim: 'old', size: '1Gi', fate: 'deleted', message: 'deleted; the data is lost' },
    { claim: 'xerv', size: '1Gi', fate: 'kept', message: 'no longer used; kept with its data' },
    { claim: 'mine', size: '1Gi', fate: 'untouched', message: 'stays; it is yours' },
  ],
  disruption: [
    { workload: 'Deployment/xerv', restarts: 1, atOnce: 1, message: 'its 1 pod stops for good' },
  ],
  steps: [],
};

test('names what goes, counts what is new, and warns of data', () => {
  expect(formatPlanSummary(plan, palette)).toEqual([
    ' • Removed: Deployment/xerv',
    ' • Created: StatefulSet, 2 Services',
    ` ${palette.signs.warning} Warning: Claim old: deleted; the data is lost`,
    ` ${palette.signs.warning} Warning: Claim xerv: no longer used; kept with its data`,
    ' • Deployment/xerv: its 1 pod stops for good',
  ]);
});

test('says where nothing changes', () => {
  const nothing = { ...plan, objects: [], data: [], disruption: [] };
  expect(formatPlanSummary(nothing, palette)).toEqual([' • No object changes.']);
});
