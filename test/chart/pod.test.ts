import { describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

const raft = { replicaCount: 3, dispatch: { backend: 'raft' } };

test.concurrent('A04: raft pods start together', async () => {
  const rendering = await render(raft);
  expect(rendering.get('StatefulSet').spec.podManagementPolicy).toBe('Parallel');
});

test.concurrent('A04: a release of the 0.1.0 chart can keep OrderedReady', async () => {
  const rendering = await render({ ...raft, podManagementPolicy: 'OrderedReady' });
  expect(rendering.get('StatefulSet').spec.podManagementPolicy).toBe('OrderedReady');
});

describe.each([
  ['memory', {}],
  ['raft', raft],
])('%s', (_backend, values) => {
  test.concurrent('A06, A09: no version of the chart in the pods and the claim templates', async () => {
    const rendering = await render(values);
    expect(rendering.workload.metadata.labels?.['helm.sh/chart']).toMatch(/^xerv-\d/);
    const { podTemplate } = rendering;
    expect(podTemplate.metadata).toEqual({
      labels: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' },
    });
    for (const claim of (rendering.workload.spec.volumeClaimTemplates ?? []) as object[])
      expect(claim).toHaveProperty('metadata', { name: 'data' });
  });

  test.concurrent('A41: seccomp, no token, no service links, no privileges', async () => {
    const rendering = await render(values);
    expect(rendering.podTemplate.spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(rendering.get('ServiceAccount')).toMatchObject({ automountServiceAccountToken: false });
    expect(rendering.container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('D80: on OpenShift', () => {
  const args = ['--api-versions', 'security.openshift.io/v1'];
  const contexts = (rendering: Awaited<ReturnType<typeof render>>) =>
    [rendering.podTemplate.spec, rendering.get('Pod').spec].map((spec) => spec.securityContext);

  test.concurrent('the ids are left to it', async () => {
    for (const context of contexts(await render({}, { args }))) {
      expect(context).toMatchObject({ runAsNonRoot: true });
      expect(context).not.toHaveProperty('runAsUser');
      expect(context).not.toHaveProperty('fsGroup');
    }
    for (const context of contexts(await render()))
      expect(context).toMatchObject({ runAsUser: 1000, fsGroup: 1000 });
  });

  test.concurrent('those of the user stay', async () => {
    const podSecurityContext = { runAsUser: 2000, fsGroup: 2000 };
    for (const context of contexts(await render({ podSecurityContext }, { args })))
      expect(context).toMatchObject(podSecurityContext);
  });

  test.concurrent('none at all is none', async () => {
    for (const context of contexts(await render({ podSecurityContext: null }, { args })))
      expect(context).toBeUndefined();
  });
});

describe('A18: the PodDisruptionBudget has one of its two fields', () => {
  test.concurrent.each([
    [{}, { maxUnavailable: 1 }],
    [{ minAvailable: 3 }, { minAvailable: 3 }],
    [{ minAvailable: '50%' }, { minAvailable: '50%' }],
    [{ minAvailable: 0 }, { minAvailable: 0 }],
    [{ maxUnavailable: 0 }, { maxUnavailable: 0 }],
    [{ maxUnavailable: '25%' }, { maxUnavailable: '25%' }],
  ])('%o', async (given, expected) => {
    const rendering = await render({ podDisruptionBudget: { enabled: true, ...given } });
    const { minAvailable, maxUnavailable } = rendering.get('PodDisruptionBudget').spec;
    expect(JSON.parse(JSON.stringify({ minAvailable, maxUnavailable }))).toEqual(expected);
  });
});

describe('A10: the image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  test.concurrent.each([
    [{}, 'ghcr.io/ml-rust/xerv:0.1.0'],
    [{ tag: 2 }, 'ghcr.io/ml-rust/xerv:2'],
    [{ tag: 20260101 }, 'ghcr.io/ml-rust/xerv:20260101'],
    [{ tag: '1.10' }, 'ghcr.io/ml-rust/xerv:1.10'],
    [{ digest }, `ghcr.io/ml-rust/xerv@${digest}`],
    [{ tag: '1.2', digest }, `ghcr.io/ml-rust/xerv:1.2@${digest}`],
    [{ tag: digest }, `ghcr.io/ml-rust/xerv@${digest}`],
  ])('%o', async (image, expected) => {
    expect((await render({ image })).container.image).toBe(expected);
  });
});

test.concurrent('A10: no name is too long with a fullnameOverride of 63 characters', async () => {
  const fullnameOverride = 'x'.repeat(63);
  const persistence = { enabled: true };
  for (const values of [raft, { persistence }]) {
    const { objects, podTemplate, workload } = await render({ ...values, fullnameOverride });
    for (const { kind, metadata } of objects) {
      const most = { Service: 63, StatefulSet: 52 }[kind] ?? 253;
      expect(metadata.name.length, kind).toBeLessThanOrEqual(most);
    }
    const services = objects.filter(({ kind }) => kind === 'Service');
    expect(new Set(services.map(({ metadata }) => metadata.name)).size).toBe(services.length);
    for (const label of Object.values(podTemplate.metadata.labels ?? {}))
      expect(label.length).toBeLessThanOrEqual(63);
    const names = services.map(({ metadata }) => metadata.name);
    if (workload.kind === 'StatefulSet') expect(names).toContain(workload.spec.serviceName);
  }
});
