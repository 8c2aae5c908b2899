import { expect, test } from 'vitest';
import { describeCluster, kubectl, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { bundledChart, helms, names, runHelm } from '../support/release.ts';

const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const extraObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: '{{ .Release.Name }}-pipelines' },
  data: { 'hello.yaml': 'name: hello' },
};
const sets = [
  ...['--set-json', `extraObjects=[${JSON.stringify(extraObject)}]`],
  ...['--set-json', 'hostAliases=[{"ip":"10.0.0.5","hostnames":["redis.internal"]}]'],
  ...['--set-json', 'dnsConfig={"options":[{"name":"ndots","value":"2"}]}'],
  ...['--set', 'dnsPolicy=ClusterFirst,schedulerName=default-scheduler'],
];

// Pods run no containers here: what the test's pod asks and finds out is tested with the chart.
describeCluster('helm test', (cluster) => {
  test.each(helms)(
    'A46: takes a pod that Pod Security lets in, and leaves nothing (%s)',
    async (helm) => {
      const namespace = await makeNamespace(cluster, restricted);
      await runHelm(cluster, helm, ['install', 'xerv', bundledChart, '-n', namespace, ...sets]);
      expect(await names(cluster, 'configmaps', namespace)).toContain('xerv-pipelines');
      const said = await runHelm(cluster, helm, ['test', 'xerv', '-n', namespace]);
      expect(said).toMatch(/TEST SUITE: +xerv-test-connection\n.*\n.*\nPhase: +Succeeded/);
      expect(await runHelm(cluster, helm, ['test', 'xerv', '-n', namespace])).toContain(
        'Succeeded',
      );
      expect(await names(cluster, 'pods', namespace)).toEqual([expect.stringMatching(/^xerv-/)]);

      await runHelm(cluster, helm, ['uninstall', 'xerv', '-n', namespace, '--wait']);
      expect(await names(cluster, 'configmaps', namespace)).toEqual(['kube-root-ca.crt']);
      const left = await names(cluster, 'deployments,services,serviceaccounts', namespace);
      expect(left).toEqual(['default']);
    },
  );

  test('the pod of the test is not among those that the Service sends requests to', async () => {
    const namespace = await makeNamespace(cluster, restricted);
    await runHelm(cluster, 'helm4', ['install', 'xerv', bundledChart, '-n', namespace]);
    const { spec } = await kubectlJson<{ spec: { selector: Record<string, string> } }>(cluster, [
      ...['get', 'service', 'xerv', '-n', namespace],
    ]);
    const rendered = await runHelm(cluster, 'helm4', [
      ...['template', 'xerv', bundledChart, '-n', namespace],
      ...['--show-only', 'templates/tests/test-connection.yaml'],
    ]);
    expect(await kubectl(cluster, ['apply', '-f', '-'], { input: rendered })).toMatchObject({
      code: 0,
    });
    const selector = Object.entries(spec.selector).map((pair) => pair.join('='));
    const chosen = await kubectlJson<{ items: { metadata: { name: string } }[] }>(cluster, [
      ...['get', 'pods', '-n', namespace, '-l', selector.join()],
    ]);
    expect(chosen.items).toHaveLength(1);
    expect(chosen.items[0]?.metadata.name).not.toBe('xerv-test-connection');
  });
});
