import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { workload } from '../../../src/release/kinds.ts';
import {
  claimDifferences,
  workloadDifferences,
} from '../../../src/release/preconditions/immutable.ts';
import { parseQuantity } from '../../../src/values/quantity.ts';
import { makeClaim } from '../../support/snapshots.ts';

const set = (spec: object = {}, claim: object = {}) =>
  z.parse(workload, {
    metadata: { name: 'xerv' },
    spec: {
      selector: { matchLabels: { app: 'xerv' } },
      serviceName: 'xerv-headless',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
            ...claim,
          },
        },
      ],
      ...spec,
    },
  });

const fields = (live: ReturnType<typeof set>, wanted: ReturnType<typeof set>) =>
  workloadDifferences('StatefulSet', live, wanted).map(
    ({ field, live: one, wanted: other }) => `${field}: ${one} → ${other}`,
  );

describe('a StatefulSet', () => {
  test('may change everything else', () => {
    expect(
      fields(set({ replicas: 3 }), set({ replicas: 5, updateStrategy: { type: 'OnDelete' } })),
    ).toEqual([]);
  });

  test('has what the server fills in', () => {
    expect(
      fields(set({ podManagementPolicy: 'OrderedReady' }, { volumeMode: 'Filesystem' }), set()),
    ).toEqual([]);
  });

  test('may not change these', () => {
    const wanted = set(
      {
        serviceName: 'other',
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: { app: 'x' } },
      },
      {
        storageClassName: 'fast',
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '2Gi' } },
      },
    );

    expect(fields(set(), wanted)).toEqual([
      'spec.selector.matchLabels: {"app":"xerv"} → {"app":"x"}',
      'spec.serviceName: xerv-headless → other',
      'spec.podManagementPolicy: OrderedReady → Parallel',
      'spec.volumeClaimTemplates[data].spec.resources.requests.storage: 1Gi → 2Gi',
      'spec.volumeClaimTemplates[data].spec.storageClassName: not set → fast',
      'spec.volumeClaimTemplates[data].spec.accessModes: ["ReadWriteOnce"] → ["ReadWriteMany"]',
    ]);
  });

  test('may not gain or lose a template', () => {
    expect(fields(set(), set({ volumeClaimTemplates: [] }))).toEqual([
      'spec.volumeClaimTemplates[data]: present → absent',
    ]);
  });
});

test('of a Deployment only the selector is fixed', () => {
  const wanted = set({ serviceName: 'other', selector: { matchLabels: { app: 'x' } } });

  expect(workloadDifferences('Deployment', set(), wanted).map(({ field }) => field)).toEqual([
    'spec.selector.matchLabels',
  ]);
});

describe('a claim', () => {
  const live = makeClaim('xerv-data');
  const change = (spec: object) =>
    claimDifferences(live, makeClaim('xerv-data', { spec })).map(({ field }) => field);

  test('may grow, and keeps what the manifest leaves out', () => {
    expect(
      change({ resources: { requests: { storage: '2Gi' } }, storageClassName: undefined }),
    ).toEqual([]);
  });

  test('may not shrink nor change its class or modes', () => {
    expect(
      change({
        resources: { requests: { storage: '500Mi' } },
        storageClassName: 'fast',
        accessModes: ['ReadWriteMany'],
      }),
    ).toEqual(['spec.resources.requests.storage', 'spec.storageClassName', 'spec.accessModes']);
  });
});

test.each([
  ['1Gi', 2 ** 30],
  ['1024Mi', 2 ** 30],
  ['1G', 1e9],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['500m', 0.5],
  ['1e3', 1000],
  [10, 10],
  ['ten', Number.NaN],
  ['10Zi', Number.NaN],
])('the quantity %s is %d', (text, number) => {
  expect(parseQuantity(text)).toBe(number);
});
