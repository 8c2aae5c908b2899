import { describe, expect, test } from 'vitest';
import { helms, render, renderNotes } from '../support/render.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const on = { enabled: true };
const readme = await readUpstreamReadme();
const off = (containerName: string) => ({ containerName, mode: 'Off' });
const proxies = [off('istio-proxy'), off('linkerd-proxy')];

async function specOf(values: object, args: readonly string[] = []) {
  const { spec } = (await render(values, { args })).get('VerticalPodAutoscaler');
  return spec as {
    updatePolicy: Record<string, unknown>;
    targetRef: unknown;
    resourcePolicy: { containerPolicies: readonly Record<string, unknown>[] };
  };
}
const policiesOf = async (values: object) =>
  (await specOf(values)).resourcePolicy.containerPolicies;

test.concurrent('nothing of it without the switch', async () => {
  expect((await render({})).find('VerticalPodAutoscaler')).toBeUndefined();
});

test.concurrent.each(helms)('values-vpa.yaml (%s)', async (helm) => {
  const rendering = await render(readValuesFile(readme, 'values-vpa.yaml'), { helm });
  const { apiVersion, spec } = rendering.get('VerticalPodAutoscaler');
  expect(apiVersion).toBe('autoscaling.k8s.io/v1');
  expect(spec).toEqual({
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xerv' },
    updatePolicy: { updateMode: 'Recreate', minReplicas: 1 },
    resourcePolicy: {
      containerPolicies: [
        {
          containerName: 'xerv',
          minAllowed: { cpu: '100m', memory: '256Mi' },
          maxAllowed: { cpu: '4', memory: '8Gi' },
          controlledResources: ['cpu', 'memory'],
          controlledValues: 'RequestsAndLimits',
        },
        ...proxies,
        off('*'),
      ],
    },
  });
});

describe('the update mode', () => {
  test.concurrent.each([
    ['Auto', '1.35.0', 'Recreate'],
    ['Off', '1.35.0', 'Off'],
    ['Initial', '1.35.0', 'Initial'],
    ['Recreate', '1.35.0', 'Recreate'],
    ['InPlaceOrRecreate', '1.33.0', 'InPlaceOrRecreate'],
    ['InPlaceOrRecreate', '1.32.9', 'Recreate'],
  ])('A17, D39: %s on Kubernetes %s is %s', async (updateMode, version, expected) => {
    const { updatePolicy } = await specOf({ vpa: { enabled: true, updateMode } }, [
      ...['--kube-version', version],
    ]);
    expect(updatePolicy.updateMode).toBe(expected);
  });

  test.concurrent('D39: NOTES say what Auto is', async () => {
    expect(await renderNotes({ vpa: on })).toContain(
      'WARNING: vpa.updateMode Auto is Recreate here; Auto is deprecated.',
    );
    const quiet = await renderNotes({ vpa: { enabled: true, updateMode: 'Initial' } });
    expect(quiet).not.toContain('vpa.updateMode');
  });
});

test.concurrent('A17, D40: one replica is enough, unless told otherwise', async () => {
  const minReplicas = async (vpa: object) =>
    (await specOf({ vpa: { enabled: true, ...vpa } })).updatePolicy.minReplicas;
  expect(await minReplicas({})).toBe(1);
  expect(await minReplicas({ minReplicas: 3 })).toBe(3);
});

describe('A17, D41: sidecars are left alone', () => {
  test.concurrent('a container that the user names keeps what he says', async () => {
    const containerPolicies = [
      { containerName: '*', maxAllowed: { cpu: 0.5, memory: 8_589_934_592 } },
      { containerName: 'istio-proxy', mode: 'Auto' },
    ];
    expect(await policiesOf({ vpa: { enabled: true, containerPolicies } })).toEqual([
      { containerName: 'xerv', maxAllowed: { cpu: '0.5', memory: '8589934592' } },
      { containerName: 'istio-proxy', mode: 'Auto' },
      off('linkerd-proxy'),
      off('*'),
    ]);
  });

  test.concurrent('with a policy for xerv, * is for the others, as written', async () => {
    const containerPolicies = [
      { containerName: 'xerv', controlledResources: ['cpu'] },
      { containerName: '*', maxAllowed: { cpu: 1 } },
    ];
    expect(await policiesOf({ vpa: { enabled: true, containerPolicies } })).toEqual([
      { containerName: 'xerv', controlledResources: ['cpu'] },
      { containerName: '*', maxAllowed: { cpu: '1' } },
      ...proxies,
    ]);
  });
});

describe('D28: what replicas are scaled on is not resized', () => {
  const controlled = async (values: object) => {
    const [xerv] = await policiesOf({ vpa: on, ...values });
    return xerv?.mode ?? xerv?.controlledResources;
  };

  test.concurrent.each([
    ['HPA on cpu', { autoscaling: on }, ['memory']],
    [
      'HPA on both',
      { autoscaling: { enabled: true, targetMemoryUtilizationPercentage: 80 } },
      'Off',
    ],
    [
      'HPA on cpu of a container',
      {
        autoscaling: {
          enabled: true,
          targetCPUUtilizationPercentage: 0,
          customMetrics: [
            {
              type: 'ContainerResource',
              containerResource: { name: 'cpu', container: 'xerv', target: {} },
            },
          ],
        },
      },
      ['memory'],
    ],
    ['KEDA on memory', { keda: { enabled: true, triggers: { memory: on } } }, ['cpu']],
    [
      'KEDA on traces',
      { keda: { enabled: true, triggers: { pendingTraces: on } } },
      ['cpu', 'memory'],
    ],
    [
      'raft, which is not scaled',
      { autoscaling: on, dispatch: { backend: 'raft' } },
      ['cpu', 'memory'],
    ],
    [
      'recommendations only',
      { autoscaling: on, vpa: { enabled: true, updateMode: 'Off' } },
      ['cpu', 'memory'],
    ],
  ])('%s', async (_, values, expected) => {
    expect(await controlled(values)).toEqual(expected);
  });

  test.concurrent('NOTES say so', async () => {
    expect(await renderNotes({ vpa: on, autoscaling: on })).toContain(
      'vpa leaves cpu alone, because replicas are scaled on it.',
    );
  });
});

test.concurrent('D42: NOTES warn of evictions, more so with raft', async () => {
  expect(await renderNotes({ vpa: on, dispatch: { backend: 'raft' } })).toContain(
    'the VerticalPodAutoscaler may replace a running pod at any time, and a raft leader with it; podDisruptionBudget.enabled bounds how many. vpa.updateMode Initial waits for the next restart.',
  );
  const bounded = await renderNotes({ vpa: on, podDisruptionBudget: on });
  expect(bounded).toContain('replace a running pod at any time. vpa.updateMode');
});

test.concurrent('raft: the StatefulSet, by its own name', async () => {
  const fullnameOverride = 'x'.repeat(60);
  const values = { vpa: on, fullnameOverride, dispatch: { backend: 'raft' } };
  expect((await specOf(values)).targetRef).toEqual({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    name: (await render(values)).workload.metadata.name,
  });
});
