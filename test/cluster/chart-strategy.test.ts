import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeCluster, kubectl, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { bundledChart, helms, runHelm } from '../support/release.ts';

interface Strategy {
  readonly type: string;
  readonly rollingUpdate?: unknown;
}

const rolling = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
};
const onScratch = ['--set', 'persistence.enabled=false'];
const onClaim = ['--set', 'persistence.enabled=true'];

/** The chart as it was before it wrote down what Kubernetes fills in under RollingUpdate. */
async function makeOldChart(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-chart-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp(bundledChart, directory, { recursive: true });
  const file = join(directory, 'templates', 'deployment.yaml');
  const template = await readFile(file, 'utf8');
  const old = template.replace(/\{\{- include "xerv.strategy".*/, 'type: RollingUpdate');
  expect(old).not.toBe(template);
  await writeFile(file, old);
  return directory;
}

describeCluster('the strategy of a Deployment, by helm alone', (cluster) => {
  const strategyIn = async (namespace: string) => {
    const get = ['get', 'deployment', 'xerv', '-n', namespace];
    return (await kubectlJson<{ spec: { strategy: Strategy } }>(cluster, get)).spec.strategy;
  };

  describe.each(helms)('with %s', (helm) => {
    test('A01: turns to Recreate and back', async () => {
      const namespace = await makeNamespace(cluster);
      const release = ['xerv', bundledChart, '-n', namespace];
      await runHelm(cluster, helm, ['install', ...release, ...onScratch]);
      expect(await strategyIn(namespace)).toEqual(rolling);
      await runHelm(cluster, helm, ['upgrade', ...release, ...onClaim]);
      expect(await strategyIn(namespace)).toEqual({ type: 'Recreate' });
      await runHelm(cluster, helm, ['upgrade', ...release, ...onScratch]);
      expect(await strategyIn(namespace)).toEqual(rolling);
    });
  });

  test('a release of helm 3 that left the numbers to Kubernetes turns, too', async () => {
    const namespace = await makeNamespace(cluster);
    await runHelm(cluster, 'helm3', ['install', 'xerv', await makeOldChart(), '-n', namespace]);
    expect(await strategyIn(namespace)).toEqual(rolling);
    const upgrade = ['upgrade', 'xerv', bundledChart, '-n', namespace];
    await runHelm(cluster, 'helm3', [...upgrade, ...onClaim]);
    expect(await strategyIn(namespace)).toEqual({ type: 'Recreate' });
  });

  test.each([
    ['an upgrade that keeps the type', 'upgrade'],
    ['the change by kubectl that the README has', 'patch'],
  ])('one of helm 4 turns after %s', async (_, remedy) => {
    const namespace = await makeNamespace(cluster);
    const upgrade = ['upgrade', 'xerv', bundledChart, '-n', namespace];
    await runHelm(cluster, 'helm4', ['install', 'xerv', await makeOldChart(), '-n', namespace]);
    // The numbers belong to nobody, and a server-side apply takes away only what helm owns.
    await expect(runHelm(cluster, 'helm4', [...upgrade, ...onClaim])).rejects.toThrow(
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
    );
    if (remedy === 'upgrade') await runHelm(cluster, 'helm4', [...upgrade, ...onScratch]);
    else expect(await kubectl(cluster, await readPatch(namespace))).toMatchObject({ code: 0 });
    await runHelm(cluster, 'helm4', [...upgrade, ...onClaim]);
    expect(await strategyIn(namespace)).toEqual({ type: 'Recreate' });
  });
});

/** The arguments of the README's `kubectl patch deployment`. */
async function readPatch(namespace: string): Promise<string[]> {
  const readme = await readFile(join(bundledChart, 'README.md'), 'utf8');
  const [, patch = ''] = /patch deployment xerv --type=merge -p '(.*)'/.exec(readme) ?? [];
  return ['-n', namespace, 'patch', 'deployment', 'xerv', '--type=merge', '-p', patch];
}
