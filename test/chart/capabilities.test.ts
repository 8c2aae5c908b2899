import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Capabilities,
  rendersAlike,
  usualCluster,
} from '../../src/values/chart-capabilities.ts';
import { chart, render } from '../support/render.ts';

test('the chart asks nothing about a cluster but what the table of questions has', async () => {
  const files = (await readdir(chart, { recursive: true })).filter((file) =>
    /\.(ya?ml|tpl|txt)$/.test(file),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(chart, file), 'utf8')));
  const asked = texts
    .flatMap((text) => text.match(/(semverCompare "\S+" )?\.Capabilities[\w.]*( "[^"]*")?/g) ?? [])
    .concat(texts.flatMap((text) => text.match(/\$kinds\.\w+ "[^"]*"/g) ?? []));
  expect(asked.sort()).toEqual([
    '$kinds.Has "gateway.networking.k8s.io/v1"',
    '$kinds.Has "split.smi-spec.io/v1alpha2"',
    '.Capabilities.APIVersions',
    '.Capabilities.APIVersions.Has "security.openshift.io/v1"',
    'semverCompare "<1.33-0" .Capabilities.KubeVersion.Version',
    'semverCompare ">=1.27-0" .Capabilities.KubeVersion.Version',
    'semverCompare ">=1.27-0" .Capabilities.KubeVersion.Version',
  ]);
  expect(texts.join('\n')).toContain('kubeVersion: ">=1.25.0-0"');
  // Whether it is an upgrade, what stands in the cluster, and chance are no questions either.
  expect(texts.join('\n')).not.toMatch(/\.Release\.(Is|Revision)|\blookup\b|\brand|\bnow\b *[|})]/);
});

/** Everything whose rendering depends on the cluster. */
const values = {
  storage: { retentionPolicy: { whenDeleted: 'Retain' } },
  podDisruptionBudget: { enabled: true, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  vpa: { enabled: true, updateMode: 'InPlaceOrRecreate' },
  serviceMesh: { enabled: true, provider: 'linkerd', linkerd: { trafficSplit: { enabled: true } } },
};
const add = (...apiVersions: string[]): Capabilities => ({ ...usualCluster, apiVersions });
const at = (kubeVersion: string): Capabilities => ({ ...usualCluster, kubeVersion });
const alike: readonly Capabilities[] = [
  at('v1.33.12-gke.1'),
  at('v1.36.3'),
  at('1.40.0'),
  add('gateway.networking.k8s.io/v1', 'monitoring.coreos.com/v1', 'keda.sh/v1alpha1'),
  add('split.smi-spec.io/v1alpha2', 'gateway.networking.k8s.io/v1'),
];
const unlike: readonly Capabilities[] = [
  at('v1.32.9'),
  at('v1.26.0'),
  add('security.openshift.io/v1'),
  add('split.smi-spec.io/v1alpha2'),
];

const renderFor = async ({ kubeVersion, apiVersions }: Capabilities, redis = true) => {
  const dispatch = redis
    ? { backend: 'redis', redis: { url: 'redis://redis:6379' } }
    : { backend: 'raft' };
  const args = [
    '--kube-version',
    kubeVersion,
    ...apiVersions.map((api) => `--api-versions=${api}`),
  ];
  const asked = redis ? values : { ...values, replicaCount: 3 };
  return (await render({ ...asked, dispatch } as never, { args })).text;
};

describe('what is rendered for a usual cluster', () => {
  test.each(alike)('is right for %j', async (cluster) => {
    expect(rendersAlike(usualCluster, cluster)).toBe(true);
    expect(await renderFor(cluster)).toBe(await renderFor(usualCluster));
  });

  test.each(unlike)('is not taken for %j, for which it is another', async (cluster) => {
    expect(rendersAlike(usualCluster, cluster)).toBe(false);
    const both = await Promise.all([renderFor(cluster), renderFor(cluster, false)]);
    const usual = await Promise.all([renderFor(usualCluster), renderFor(usualCluster, false)]);
    expect(both).not.toEqual(usual);
  });

  test('is not taken for a version that says nothing', () => {
    expect(rendersAlike(usualCluster, at('unknown'))).toBe(false);
  });
});
