import { beforeAll, expect, test } from 'vitest';
import { describeCluster, kubectl, makeNamespace } from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { render } from '../support/render.ts';

const monitor = {
  enabled: true,
  labels: { release: 'prometheus' },
  jobLabel: 'app.kubernetes.io/name',
  podTargetLabels: ['app.kubernetes.io/version'],
  honorLabels: true,
  tlsConfig: { insecureSkipVerify: true },
  authorization: { credentials: { name: 'scrape', key: 'token' } },
  params: { module: ['a'] },
  relabelings: [{ action: 'labeldrop', regex: 'a' }],
  metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'a' }],
  sampleLimit: 1_000_000,
  targetLimit: 10,
  labelLimit: 20,
};

describeCluster('observability on the API server', (cluster) => {
  beforeAll(() => ensureCrds(cluster, ['prometheus-operator']));

  test.each([
    ['as they are', { enabled: true }],
    ['with every field', monitor],
  ])('monitors, rules and dashboard %s are accepted', async (_, fields) => {
    const namespace = await makeNamespace(cluster);
    const values = {
      dispatch: { backend: 'raft' },
      replicaCount: 3,
      metrics: { serviceMonitor: fields, podMonitor: fields },
      monitoring: { alerts: { enabled: true }, dashboards: { enabled: true, folder: 'XERV' } },
    };
    const input = (await render(values, { namespace })).text;
    const args = ['apply', '-n', namespace, '--server-side', '--validate=strict', '-f', '-'];
    expect(await kubectl(cluster, args, { input })).toMatchObject({ code: 0, stderr: '' });
  });
});
