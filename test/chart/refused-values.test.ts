import { describe, expect, test } from 'vitest';
import { validateValues } from '../../src/values/validate.ts';
import { helms, renderError } from '../support/render.ts';

const mistakes = [
  ['an unknown value', { replicasCount: 3 }, /replicasCount/],
  ['an unknown backend', { dispatch: { backend: 'reddis' } }, /dispatch.backend/],
  ['a word for a number', { replicaCount: 'abc' }, /replicaCount/],
] as const;

describe.each(mistakes)('A43: %s', (_what, values, named) => {
  test.concurrent.each(helms)('is refused by %s', async (helm) => {
    expect(await renderError(values, { helm })).toMatch(named);
  });

  test('is refused by validateValues', () => {
    const [problem, ...others] = validateValues(values);
    expect(problem?.where).toMatch(named);
    expect(others).toEqual([]);
  });
});

describe.each(helms)('%s', (helm) => {
  test.concurrent('A43: replicaCount=abc on the command line is refused', async () => {
    expect(await renderError({}, { helm, args: ['--set', 'replicaCount=abc'] })).toMatch(
      /replicaCount/,
    );
  });

  test.concurrent.each([
    ['redis', 'redis://redis:6379'],
    ['nats', 'nats://nats:4222'],
  ])('A43: %s without a URL is refused, with an example', async (backend, example) => {
    const message = await renderError({ dispatch: { backend } }, { helm });
    expect(message).toContain(`dispatch.${backend}.url is empty`);
    expect(message).toContain(example);
  });

  test.concurrent('a URL of another backend is refused', async () => {
    const dispatch = { backend: 'redis', redis: { url: 'nats://nats:4222' } };
    expect(await renderError({ dispatch }, { helm })).toContain('dispatch.redis.url must start');
  });

  test.concurrent('A18: both fields of the PodDisruptionBudget are refused', async () => {
    const podDisruptionBudget = { enabled: true, minAvailable: 1, maxUnavailable: 1 };
    expect(await renderError({ podDisruptionBudget }, { helm })).toContain('both set');
  });

  test.concurrent('all that raft cannot run with is named at once', async () => {
    const dispatch = { backend: 'raft', raft: { electionTimeoutMs: 200 } };
    const values = {
      dispatch,
      server: { grpcPort: 8080 },
      updateStrategy: { type: 'Recreate' },
    };
    const message = await renderError(values, { helm });
    expect(message).toContain('electionTimeoutMs (200)');
    expect(message).toContain('are both 8080');
    expect(message).toContain('updateStrategy.type Recreate');
  });
});
