import { describe, expect, test } from 'vitest';
import { describeValues, leavesOf } from '../../src/values/schema/describe.ts';
import { helms, render } from '../support/render.ts';

const leaves = leavesOf(describeValues().flatMap(({ values }) => values)).map(({ path }) => path);
const sections = [...new Set(leaves.map((path) => path.split('.')[0] ?? ''))];
const backends = [
  ['memory', {}],
  ['raft', {}],
  ['redis', { url: 'redis://redis:6379' }],
  ['nats', { url: 'nats://nats:4222' }],
] as const;

const nulls = (paths: readonly string[]) => ['--set', paths.map((path) => `${path}=null`).join()];

describe.each(helms)('with %s', (helm) => {
  test.concurrent('numbers of a million and more stay numbers', async () => {
    const rendering = await render('executor: { nodeTimeoutMs: 3600000 }', { helm });
    expect(rendering.variables.XERV_NODE_TIMEOUT_MS).toBe('3600000');
    expect(rendering.text).not.toMatch(/\de\+\d/);
  });

  test.concurrent('so do those of fields that Kubernetes reads as numbers', async () => {
    const values = { revisionHistoryLimit: 1_000_000, terminationGracePeriodSeconds: 2_000_000 };
    const rendering = await render(values, { helm });
    expect(rendering.workload.spec.revisionHistoryLimit).toBe(1_000_000);
    expect(rendering.podTemplate.spec.terminationGracePeriodSeconds).toBe(2_000_000);
    expect(rendering.text).not.toMatch(/\de\+\d/);
  });

  test.concurrent('--set key=null takes one default away', async () => {
    const args = nulls(['resources.limits.cpu', 'podSecurityContext.runAsUser', 'executor']);
    const rendering = await render({}, { helm, args });
    expect(rendering.container.resources).toEqual({
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { memory: '1Gi' },
    });
    expect(rendering.podTemplate.spec.securityContext).not.toHaveProperty('runAsUser');
    expect(rendering.variables).not.toHaveProperty('XERV_NODE_TIMEOUT_MS');
  });

  describe.each(backends)('%s', (backend, server) => {
    const dispatch = backend === 'memory' ? { backend } : { backend, [backend]: server };

    test.concurrent('every value may be null at once', async () => {
      const kept = ['dispatch.backend', `dispatch.${backend}.url`];
      const args = nulls(leaves.filter((path) => !kept.includes(path)));
      const rendering = await render({ dispatch }, { helm, args });
      expect(rendering.variables.XERV_DISPATCH_BACKEND).toBe(backend);
      expect(rendering.workload.spec.replicas).toBe(1);
    });

    test.concurrent('every section but dispatch may be null at once', async () => {
      const args = nulls(sections.filter((path) => path !== 'dispatch'));
      const rendering = await render({ dispatch }, { helm, args });
      expect(rendering.variables.XERV_DISPATCH_BACKEND).toBe(backend);
    });

    test.concurrent('each object has the namespace of the release', async () => {
      const values = {
        replicaCount: 1,
        dispatch,
        persistence: { enabled: true },
        podDisruptionBudget: { enabled: true },
      };
      const { objects } = await render(values, { helm, namespace: 'elsewhere' });
      expect(objects.length).toBeGreaterThan(3);
      for (const { kind, metadata } of objects) expect(metadata.namespace, kind).toBe('elsewhere');
    });
  });

  test.concurrent('without the section dispatch the backend is memory', async () => {
    const rendering = await render({}, { helm, args: nulls(['dispatch']) });
    expect(rendering.variables.XERV_DISPATCH_BACKEND).toBe('memory');
  });
});
