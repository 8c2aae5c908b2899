import { describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

const release = { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' };
const podSpec = async (values: object) => (await render(values)).podTemplate.spec;
const term = {
  labelSelector: { matchLabels: release },
  topologyKey: 'kubernetes.io/hostname',
};

describe('pods of one release keep apart', () => {
  test.concurrent('D12: by default where possible, and only from their own kind', async () => {
    const { affinity } = await podSpec({});
    expect(affinity).toEqual({
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }],
      },
    });
  });

  test.concurrent('required, on another topology', async () => {
    const { affinity } = await podSpec({
      podAntiAffinity: { type: 'required', topologyKey: 'rack' },
    });
    expect(affinity).toEqual({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, topologyKey: 'rack' }],
      },
    });
  });

  test.concurrent('none', async () => {
    expect(await podSpec({ podAntiAffinity: { type: 'none' } })).not.toHaveProperty('affinity');
  });

  test.concurrent('beside the user’s other affinity, not beside his own rule', async () => {
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: {} };
    const beside = await podSpec({ affinity: { nodeAffinity } });
    expect(beside.affinity).toMatchObject({ nodeAffinity });
    expect(beside.affinity).toHaveProperty('podAntiAffinity');
    const own = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
    expect((await podSpec({ affinity: own })).affinity).toEqual(own);
  });
});

describe('topologySpreadConstraints', () => {
  const zone = {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
  };

  test.concurrent('over the zones by default, those of this release', async () => {
    const { topologySpreadConstraints } = await podSpec({});
    expect(topologySpreadConstraints).toEqual([
      { ...zone, labelSelector: { matchLabels: release } },
    ]);
  });

  test.concurrent('a labelSelector of the user’s is left as it is', async () => {
    const own = { ...zone, labelSelector: { matchLabels: { a: 'b' } } };
    const given = [zone, own, zone];
    const { topologySpreadConstraints } = await podSpec({ topologySpreadConstraints: given });
    const filled = { ...zone, labelSelector: { matchLabels: release } };
    expect(topologySpreadConstraints).toEqual([filled, own, filled]);
  });

  test.concurrent('an empty list takes the default away', async () => {
    expect(await podSpec({ topologySpreadConstraints: [] })).not.toHaveProperty(
      'topologySpreadConstraints',
    );
  });
});

test.concurrent('nodeSelector, tolerations and priority go to the pods, labels as text', async () => {
  const tolerations = [{ key: 'a', operator: 'Exists', tolerationSeconds: 1_000_000 }];
  const spec = await podSpec({
    nodeSelector: { gpu: true, generation: 2 },
    tolerations,
    priorityClassName: 'high',
    imagePullSecrets: [{ name: 'registry' }],
  });
  expect(spec).toMatchObject({
    nodeSelector: { gpu: 'true', generation: '2' },
    tolerations,
    priorityClassName: 'high',
    imagePullSecrets: [{ name: 'registry' }],
  });
});
