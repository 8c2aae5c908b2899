import { describe, expect, it } from 'vitest';
import type { Tree } from '../../../src/values/tree.ts';
import { validateValues } from '../../../src/values/validate.ts';
import { chartSchema } from '../../support/chart-schema.ts';

const messages = (values: Tree) =>
  validateValues(chartSchema, values).map(({ message }) => message);

describe('validateValues', () => {
  it('takes nothing, and null, which takes a default away', () => {
    expect(messages({})).toEqual([]);
    expect(messages({ replicaCount: null, dispatch: { backend: null }, resources: null })).toEqual(
      [],
    );
  });

  it.each<[Tree, string]>([
    [{ replicasCount: 3 }, 'Unknown value replicasCount. Did you mean replicaCount?'],
    [
      { dispatch: { redis: { ulr: '' } } },
      'Unknown value dispatch.redis.ulr. Did you mean dispatch.redis.url?',
    ],
    [{ zzzzzz: 1 }, 'Unknown value zzzzzz.'],
    [{ backend: 'raft' }, 'Unknown value backend. Did you mean dispatch.backend?'],
    [
      { storage: { storageClass: '' } },
      'Unknown value storage.storageClass. Did you mean storage.class?',
    ],
    [
      { 'dispatch.backend': 'raft' },
      'Unknown value dispatch\\.backend. Did you mean dispatch.backend?',
    ],
    // More than one place has it.
    [{ url: '' }, 'Unknown value url.'],
    [
      { dispatch: { backend: 'reddis' } },
      'dispatch.backend cannot be "reddis". Did you mean redis?',
    ],
    [{ replicaCount: 'three' }, 'replicaCount must be a number, not text.'],
    [{ replicaCount: -1 }, 'replicaCount must be at least 0.'],
    [{ server: { apiPort: 70_000 } }, 'server.apiPort must be at most 65535.'],
    [{ dispatch: 'raft' }, 'dispatch must be a map, not text.'],
    [{ tolerations: {} }, 'tolerations must be a list, not a map.'],
    [
      { podDisruptionBudget: { enabled: 'yes' } },
      'podDisruptionBudget.enabled must be true or false, not text.',
    ],
  ])('%j', (values, message) => {
    expect(messages(values)).toEqual([message]);
  });

  it('lists everything at once', () => {
    expect(
      messages({ replicasCount: 1, dispatch: { backend: 'x' }, server: { apiPort: 'a' } }),
    ).toHaveLength(3);
  });

  it('does not show a text that may be a secret', () => {
    const values = {
      dispatch: { backend: 'redis://:hunter2@redis:6379' },
      replicaCount: 'hunter2',
    };
    expect(JSON.stringify(validateValues(chartSchema, values))).not.toContain('hunter2');
  });

  it('takes what Kubernetes, not the chart, reads', () => {
    expect(
      messages({ tolerations: [{ key: 'a', operator: 'Exists' }], affinity: { nodeAffinity: {} } }),
    ).toEqual([]);
  });
});
