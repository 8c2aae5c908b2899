import { describe, expect, test } from 'vitest';
import { expectedSeconds } from '../../../src/release/expected-seconds.ts';
import { parseManifest } from '../../../src/release/manifest.ts';

const workload = (kind: string, spec: object, pod: object = {}) =>
  parseManifest(
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: 'xerv' },
      spec: { ...spec, template: { metadata: {}, spec: { containers: [], ...pod } } },
    }),
  );

describe('expectedSeconds', () => {
  test('is never under two minutes', () => {
    expect(expectedSeconds([], false)).toBe(120);
    expect(expectedSeconds(workload('Deployment', { replicas: 0 }), false)).toBe(120);
  });

  test('grows with pods that start one after another, not with parallel ones', () => {
    const ordered = (replicas: number) =>
      expectedSeconds(workload('StatefulSet', { replicas }), false);
    const parallel = (replicas: number) =>
      expectedSeconds(
        workload('StatefulSet', { replicas, podManagementPolicy: 'Parallel' }),
        false,
      );

    expect(ordered(5)).toBeGreaterThan(ordered(3));
    expect(parallel(5)).toBe(parallel(3));
  });

  test('an update replaces one pod after the other, and waits for each to stop', () => {
    const objects = workload(
      'StatefulSet',
      { replicas: 5, podManagementPolicy: 'Parallel' },
      { terminationGracePeriodSeconds: 60 },
    );

    expect(expectedSeconds(objects, true) - expectedSeconds(objects, false)).toBe(
      5 * (20 + 60) - 20,
    );
  });

  test('gives probes the time that they may take', () => {
    const probe = { initialDelaySeconds: 5, periodSeconds: 10, failureThreshold: 30 };
    const slow = workload(
      'Deployment',
      { replicas: 1 },
      {
        containers: [{ name: 'xerv', startupProbe: probe }],
      },
    );

    expect(expectedSeconds(slow, false)).toBe(120 + 20 + 5 + 300);
  });
});
