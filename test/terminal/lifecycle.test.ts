import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'vitest';
import { describeCluster, kubectl } from '../support/cluster.ts';
import { type HelmName, openWorkplace, outcomeOf } from '../support/on-cluster.ts';

/** What each preset needs beside it: the README's host names are placeholders. */
const presets = [
  {
    preset: 'evaluation',
    args: [],
    kind: 'deployment',
    replicas: 1,
    claims: 0,
    // More than one would not know of each other.
    letPass: ['--skip-check', 'XV-203=only to see the replicas grow'],
  },
  {
    preset: 'production-raft',
    args: [],
    kind: 'statefulset',
    replicas: 5,
    claims: 5,
    letPass: [],
  },
  {
    preset: 'redis',
    args: ['--redis-url', 'redis://redis.example:6379'],
    kind: 'deployment',
    replicas: 10,
    claims: 0,
    letPass: [],
  },
  {
    preset: 'nats',
    args: ['--nats-url', 'nats://nats.example:4222'],
    kind: 'deployment',
    replicas: 3,
    claims: 0,
    letPass: [],
  },
] as const;
const cases = presets.flatMap((preset) =>
  (['helm3', 'helm4'] as HelmName[]).map((helm) => ({ ...preset, helm })),
);

describeCluster('the whole life of a release, by the built program', (cluster) => {
  // Side by side, since each waits for pods most of the time.
  it.concurrent.for(cases)(
    '$preset with $helm',
    { timeout: 300_000 },
    async (
      { preset, args, kind, replicas, claims, letPass, helm },
      { expect, onTestFinished: onFinished },
    ) => {
      const namespace = `life-${preset}-${helm}`;
      const workplace = await openWorkplace(cluster, namespace, { helm, onFinished });
      const { run, directory, kubectl: k } = workplace;
      onFinished(async () => {
        await kubectl(cluster, ['delete', 'namespace', namespace, '--wait=false']);
      });
      const ready = async () =>
        Number((await k('get', kind, 'xerv', '-o', 'jsonpath={.status.readyReplicas}')).stdout);
      const bound = async () =>
        (await k('get', 'pvc', '-o', 'jsonpath={.items[*].status.phase}')).stdout
          .split(' ')
          .filter((phase) => phase === 'Bound').length;

      const installed = await run(['install', '--preset', preset, ...args, '--yes', '-o', 'json']);
      expect(installed.stderr).toBe('');
      expect(installed.code).toBe(0);
      expect(outcomeOf(installed)).toMatchObject({ type: 'outcome', outcome: 'done' });
      expect(await ready()).toBe(replicas);
      expect(await bound()).toBe(claims);
      const file = join(directory, 'xerv-values.yaml');
      expect((await stat(file)).mode & 0o777).toBe(0o600);

      const healthy = await run(['status', '-o', 'json']);
      expect(JSON.parse(healthy.stdout)).toMatchObject({
        health: 'healthy',
        release: { revision: 1 },
      });

      const more = kind === 'statefulset' ? 6 : replicas + 1;
      const upgraded = await run([
        'upgrade',
        '--replicas',
        String(more),
        '--image',
        'ghcr.io/ml-rust/xerv:0.1.1',
        '--yes',
        ...letPass,
      ]);
      expect(upgraded.stderr).toBe('');
      expect(upgraded.code).toBe(0);
      expect(upgraded.stdout).toContain(`${more} of ${more} ready`);
      expect(await ready()).toBe(more);
      const image = await k(
        'get',
        kind,
        'xerv',
        '-o',
        'jsonpath={.spec.template.spec.containers[0].image}',
      );
      expect(image.stdout).toBe('ghcr.io/ml-rust/xerv:0.1.1');
      expect(await readFile(file, 'utf8')).toContain('0.1.1');
      expect(await readdir(directory)).toContain('xerv-values.yaml.1');

      const kept = await run(['uninstall', '--keep-data', '--yes']);
      expect(kept.stderr).toBe('');
      expect(kept.code).toBe(0);
      expect(await bound()).toBe(claims === 0 ? 0 : more);
      expect((await k('get', kind)).stdout).toBe('');

      const again = await run(['install', '--preset', preset, ...args, '--yes']);
      expect(again.stderr).toBe('');
      expect(again.code).toBe(0);
      expect(await ready()).toBe(replicas);

      const erased = await run(['uninstall', '--delete-data', '--confirm=xerv', '--yes']);
      expect(erased.stderr).toBe('');
      expect(erased.code).toBe(0);
      const left = await k('get', 'all,pvc,configmap,secret,pdb,serviceaccount', '-o', 'name');
      expect(left.stdout.trim().split('\n').sort()).toEqual([
        'configmap/kube-root-ca.crt',
        'serviceaccount/default',
      ]);
    },
  );
});
