import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseManifest } from '../../src/release/manifest.ts';
import { planOutput } from '../../src/release/plan/output-schema.ts';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { type HelmName, openWorkplace, outcomeOf, type Workplace } from '../support/on-cluster.ts';
import { runCommand } from '../support/run-command.ts';

const apply = ['--yes', '--timeout', '3s', '-o', 'json'];
const helms: readonly HelmName[] = ['helm3', 'helm4'];

describeCluster('plan', (cluster) => {
  const place = async (helm?: HelmName) =>
    openWorkplace(cluster, await makeNamespace(cluster), helm ? { helm } : {});
  const planned = async ({ run }: Workplace, ...args: string[]) => {
    const { stdout } = await run(['plan', ...args, '-o', 'json']);
    // Strict: a field that the published schema lacks is an error.
    return z.parse(planOutput, JSON.parse(stdout));
  };
  const manifestOf = async (helm: HelmName, { namespace, env }: Workplace) => {
    const args = ['get', 'manifest', 'xerv', '-n', namespace];
    const { stdout } = await runCommand(cluster.tools[helm], args, { env });
    return parseManifest(stdout).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  };

  test.each(helms)('names the objects that the release then has (%s)', async (helm) => {
    const here = await place(helm);
    const presets = [
      ...['--preset', 'production-raft', '--preset', 'observability'],
      // Their kinds are not served here.
      ...['--set', 'metrics.serviceMonitor.enabled=false'],
      ...['--set', 'monitoring.alerts.enabled=false'],
    ];
    const { objects, steps } = await planned(here, ...presets);
    expect(objects.every(({ action }) => action === 'created')).toBe(true);
    expect(steps.at(-1)?.step).toContain('watch the pods');
    expect((await here.run(['install', ...presets, ...apply])).stdout).toContain('applied by helm');
    const names = objects.map(({ object }) => object).sort();
    expect((await manifestOf(helm, here)).sort()).toEqual(names);

    // Nothing more is to do; and what changes is what the next plan says.
    const same = await planned(here, ...presets);
    expect(same.objects.filter(({ action }) => action !== 'unchanged')).toEqual([]);
    expect(same.disruption).toEqual([]);
    const next = [...presets, '--set', 'podLabels.team=blue'];
    next.push('--set', 'monitoring.dashboards.enabled=false');
    const change = await planned(here, ...next);
    const removed = change.objects.filter(({ action }) => action === 'removed');
    expect(removed.map(({ object }) => object)).toEqual(['ConfigMap/xerv-dashboard']);
    await here.run(['install', ...next, ...apply]);
    const left = await manifestOf(helm, here);
    for (const { object } of removed) expect(left).not.toContain(object);
    expect(left.sort()).toEqual(
      change.objects.flatMap(({ object, action }) => (action === 'removed' ? [] : [object])).sort(),
    );
  });

  test('says field by field what changes, which pods restart, and what has no effect', async () => {
    const here = await place();
    expect(outcomeOf(await here.run(['install', ...apply]))).toMatchObject({ type: 'outcome' });
    await writeFile(
      join(here.directory, 'values.yaml'),
      'extraEnv:\n  - name: DB_PASSWORD\n    value: canary-s3cret\nkeda:\n  pollingInterval: 7\n',
    );
    const { stdout, code } = await here.run(['plan', '-f', 'values.yaml', '--detailed-exitcode']);
    expect(code).toBe(5);
    expect(stdout).toMatch(/\+ spec\.template\.spec\.containers\[xerv\]\.env\[DB_PASSWORD\]/);
    expect(stdout).not.toContain('canary-s3cret');
    expect(stdout).toMatch(/Disruption:\n.*1 pod/);
    expect(stdout).toMatch(/No effect:\n.*keda\.pollingInterval changes no object/);
    // What is put in for a password that goes into a Secret, nobody expects anything of.
    const redis = await here.run(['plan', '--backend', 'redis'], {
      env: { XERV_DEPLOY_REDIS_URL: 'rediss://:canary-s3cret@redis:6380' },
    });
    expect(redis.stdout).toContain('Plan: ');
    expect(redis.stdout).not.toContain('No effect');
    // An install says the same before it asks.
    const shown = await here.run(['install', '-f', 'values.yaml', '--dry-run']);
    expect(shown.stdout).toMatch(/Changed: .*\/xerv/);
    expect(shown.stdout).toMatch(/\/xerv: 1 pod/);
    expect(shown.stdout).not.toContain('canary-s3cret');
  });

  test('predicts a field that nobody may change, and says the way round', async () => {
    const here = await place();
    const small = ['--preset', 'production-raft', '--storage-size', '1Gi'];
    await here.run(['install', ...small, ...apply]);
    const bigger = [...small, '--storage-size', '2Gi'];
    const { objects, findings } = await planned(here, ...bigger);
    expect(objects).toContainEqual(
      expect.objectContaining({ object: 'StatefulSet/xerv', action: 'replaced' }),
    );
    const fixed = findings.find(({ check }) => check === 'XV-903');
    expect(fixed).toMatchObject({ status: 'fail' });
    expect(JSON.stringify(fixed)).toContain('--cascade=orphan');
    const text = await here.run(['plan', ...bigger]);
    expect(text.code).toBe(3);
    expect(text.stdout).toMatch(/! StatefulSet\/xerv \(replaced\)/);
    expect(text.stdout.replace(/\s+/g, ' ')).toContain(
      'spec.volumeClaimTemplates[data].spec.resources.requests.storage: 1Gi -> 2Gi',
    );
  });

  test('names the data that a removal leaves or takes', async () => {
    const here = await place();
    await here.run(['install', '--preset', 'production-raft', '--replicas', '3', ...apply]);
    const { objects, data, disruption } = await planned(here, '--backend', 'memory');
    expect(objects).toContainEqual(
      expect.objectContaining({ object: 'StatefulSet/xerv', action: 'removed' }),
    );
    const left = data.filter(({ fate }) => fate === 'kept' || fate === 'deleted');
    expect(left.map(({ claim }) => claim)).toEqual(['data-xerv-0', 'data-xerv-1', 'data-xerv-2']);
    expect(disruption).toContainEqual(
      expect.objectContaining({ workload: 'StatefulSet/xerv', restarts: 3 }),
    );

    // Few mean that by --replicas alone: it is said, and how to keep what runs.
    const alone = await here.run(['plan', '--replicas', '5']);
    expect(alone.stdout).toContain('As install would: live values not given');
    expect(alone.stdout).toContain('StatefulSet/xerv (removed)');
    const onTop = await here.run(['plan', '--reuse-values', '--replicas', '5']);
    expect(onTop.stdout).toContain('As upgrade would: the given values on top of the live ones');
    expect(onTop.stdout).toContain('spec.replicas: 3 -> 5');
    const judged = await here.run(['check', '--reuse-values', '--replicas', '5']);
    expect({ code: judged.code, said: judged.stdout.split('\n')[1] }).toMatchObject({
      code: 0,
      said: expect.stringContaining('As upgrade would'),
    });
  });
});
