import { describe, expect, test } from 'vitest';
import { validateValues } from '../../src/values/validate.ts';
import { chartSchema } from '../support/chart-schema.ts';
import { helms, renderError } from '../support/render.ts';

const mistakes = [
  ['an unknown value', { replicasCount: 3 }, /replicasCount/],
  ['an unknown backend', { dispatch: { backend: 'reddis' } }, /dispatch.backend/],
  ['a word for a number', { replicaCount: 'abc' }, /replicaCount/],
  [
    'capital letters in a repository',
    { image: { repository: 'r.io/Team/xerv' } },
    /image.repository/,
  ],
  ['a tag in the repository', { image: { repository: 'r.io/xerv:1' } }, /image.repository/],
  ['a space in a tag', { image: { tag: 'my tag' } }, /image.tag/],
  ['a tag that is too long', { image: { tag: 'x'.repeat(129) } }, /image.tag/],
  ['half a digest', { image: { digest: 'sha256:abc' } }, /image.digest/],
  [
    'a canary that no registry could have',
    { serviceMesh: { linkerd: { trafficSplit: { canary: { image: { tag: 'a:b' } } } } } },
    /canary.image.tag/,
  ],
  ['a test with two tags', { tests: { image: 'curl:1:2' } }, /tests.image/],
] as const;

describe.each(mistakes)('A43: %s', (_what, values, named) => {
  test.concurrent.each(helms)('is refused by %s', async (helm) => {
    expect(await renderError(values, { helm })).toMatch(named);
  });

  test('is refused by validateValues', () => {
    const [problem, ...others] = validateValues(chartSchema, values);
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
  ])('A43, D17: %s without a URL is refused, with an example', async (backend, example) => {
    expect(await renderError({ dispatch: { backend } }, { helm })).toContain(
      `  - dispatch.${backend}.url is empty: set it (such as ${example}), or name a Secret that holds it in dispatch.${backend}.existingSecret.\n`,
    );
  });

  test.concurrent.each([
    ['redis', 'nats://nats:4222', 'redis:// or rediss:// (such as redis://redis:6379)'],
    ['nats', 'redis://redis:6379', 'nats://, tls://, ws:// or wss:// (such as nats://nats:4222)'],
    ['redis', 'redis', 'redis:// or rediss:// (such as redis://redis:6379)'],
  ])('D17: %s at %s is refused', async (backend, url, forms) => {
    const dispatch = { backend, [backend]: { url } };
    expect(await renderError({ dispatch }, { helm })).toContain(
      `  - dispatch.${backend}.url must start with ${forms}.\n`,
    );
  });

  test.concurrent('A18, D10: both fields of the PodDisruptionBudget are refused', async () => {
    const podDisruptionBudget = { enabled: true, minAvailable: 0, maxUnavailable: 1 };
    expect(await renderError({ podDisruptionBudget }, { helm })).toContain(
      '  - podDisruptionBudget.minAvailable and maxUnavailable are both set, and Kubernetes takes only one of them: leave one empty.\n',
    );
  });

  test.concurrent.each([
    [200, 100],
    [150, 100],
  ])(
    'D06: an election after %i ms with heartbeats of %i ms is refused',
    async (electionTimeoutMs, heartbeatIntervalMs) => {
      const dispatch = { backend: 'raft', raft: { electionTimeoutMs, heartbeatIntervalMs } };
      expect(await renderError({ dispatch }, { helm })).toContain(
        `  - dispatch.raft.electionTimeoutMs (${electionTimeoutMs}) must be more than twice dispatch.raft.heartbeatIntervalMs (100): set it to 1000.\n`,
      );
    },
  );

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
