import { describe, expect, test } from 'vitest';
import { render, renderNotes } from '../support/render.ts';

const selector = {
  matchLabels: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' },
};
const raft = { replicaCount: 5, dispatch: { backend: 'raft' } };
const budgetOf = async (podDisruptionBudget: object, more: object = {}) =>
  (await render({ podDisruptionBudget: { enabled: true, ...podDisruptionBudget }, ...more })).get(
    'PodDisruptionBudget',
  ).spec;
const notesOf = (podDisruptionBudget: object, more: object = {}) =>
  renderNotes({ podDisruptionBudget: { enabled: true, ...podDisruptionBudget }, ...more });

test.concurrent('nothing of it without the switch', async () => {
  const values = { podDisruptionBudget: { minAvailable: 1 } };
  expect((await render(values)).find('PodDisruptionBudget')).toBeUndefined();
});

describe('A18: one number, and never an empty budget', () => {
  test.concurrent.each([
    ['neither', {}, { maxUnavailable: 1 }],
    ['minAvailable', { minAvailable: 2 }, { minAvailable: 2 }],
    ['minAvailable 0', { minAvailable: 0 }, { minAvailable: 0 }],
    ['a percentage', { minAvailable: '50%' }, { minAvailable: '50%' }],
    ['maxUnavailable', { maxUnavailable: 2 }, { maxUnavailable: 2 }],
    ['maxUnavailable 0', { maxUnavailable: 0 }, { maxUnavailable: 0 }],
  ])('%s', async (_, given, expected) => {
    const { unhealthyPodEvictionPolicy, ...spec } = await budgetOf(given);
    expect(spec).toEqual({ ...expected, selector });
    expect(unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
  });
});

test.concurrent('A18, D09: raft loses one pod at a time, which keeps its quorum', async () => {
  expect(await budgetOf({}, raft)).toMatchObject({ maxUnavailable: 1 });
  expect(await notesOf({}, raft)).not.toContain('podDisruptionBudget');
});

test.concurrent('D09: NOTES warn of less than the quorum', async () => {
  expect(await notesOf({ minAvailable: 2 }, raft)).toContain(
    'podDisruptionBudget.minAvailable 2 is below the quorum of raft (3 of 5). Leave it empty.',
  );
  expect(await notesOf({ minAvailable: 3 }, raft)).not.toContain('podDisruptionBudget');
});

test.concurrent.each([
  ['as many as there are', { minAvailable: 5 }, raft],
  ['all', { minAvailable: '100%' }, {}],
  ['the only one', { minAvailable: 1 }, {}],
  ['none may go', { maxUnavailable: 0 }, raft],
])('A18: NOTES warn of a budget that blocks drains: %s', async (_, budget, more) => {
  expect(await notesOf(budget, more)).toContain(
    'podDisruptionBudget lets no pod go, and a node with one cannot be drained.',
  );
});

test.concurrent('Kubernetes before 1.27 does not get its eviction policy', async () => {
  const values = { podDisruptionBudget: { enabled: true } };
  const { spec } = (await render(values, { args: ['--kube-version', '1.26.0'] })).get(
    'PodDisruptionBudget',
  );
  expect(spec).not.toHaveProperty('unhealthyPodEvictionPolicy');
});
