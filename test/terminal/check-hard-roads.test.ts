import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { applyObjects } from '../support/facts.ts';
import { findingsOf, openWorkplace } from '../support/on-cluster.ts';
import { setReleaseStatus } from '../support/release.ts';
import type { CommandResult } from '../support/run-command.ts';
import { startUnreliableServer } from '../support/unreliable-server.ts';

const args = ['check', '--preset', 'production-raft', '-o', 'json'];
const statusesOf = (result: CommandResult) =>
  findingsOf(result).map(({ check, status }) => [check, status]);

describeCluster('check over a bad road, and for who may do little', (cluster) => {
  test.each([
    ['slow', () => ({ delayMilliseconds: 200 })],
    [
      'answering 429 and 500 now and then',
      ({ index }: { index: number }) =>
        index % 11 === 4 ? { status: 429 } : index % 13 === 7 ? { status: 500 } : {},
    ],
  ])('an API server that is %s: the same findings', async (_, mishap) => {
    const { run } = await openWorkplace(cluster, await makeNamespace(cluster));
    const KUBECONFIG = await startUnreliableServer(cluster.kubeconfigs.admin, mishap);
    const straight = await run(args);
    const through = await run(args, { env: { KUBECONFIG } });
    expect(statusesOf(through)).toEqual(statusesOf(straight));
    expect(through.code).toBe(straight.code);
  });

  test('who may only look is told all that is missing, and what can be judged is', async () => {
    const namespace = await makeNamespace(cluster);
    const { run } = await openWorkplace(cluster, namespace, { user: 'viewer' });
    const result = await run([...args, '--set', 'replicaCount=2']);
    expect(result.code).toBe(3);
    const statuses = statusesOf(result);
    // helm's record is in Secrets, which the role view may not read.
    expect(result.stdout).toMatch(/permission to read helm's record/);
    for (const id of ['XV-901', 'XV-105', 'XV-205']) expect(statuses).toContainEqual([id, 'fail']);
    expect(statuses).toContainEqual(['XV-301', 'pass']);
  });

  test('who may only look, and gives no values, is told why nothing is judged', async () => {
    const namespace = await makeNamespace(cluster);
    const { run } = await openWorkplace(cluster, namespace, { user: 'viewer' });
    const result = await run(['check']);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/permission to read helm's record/);
    expect(result.stdout).toBe('');
  });

  test('a release that helm cannot change hides nothing else that is wrong', async () => {
    const namespace = await makeNamespace(cluster);
    const { run } = await openWorkplace(cluster, namespace);
    await run(['install', '--preset', 'evaluation', '--yes']);
    await setReleaseStatus(cluster, namespace, 'pending-upgrade');
    const statuses = statusesOf(
      await run([
        'check',
        '--preset',
        'evaluation',
        '-o',
        'json',
        '--set',
        'extraEnvFrom[0].secretRef.name=gone',
      ]),
    );
    expect(statuses).toContainEqual(['XV-901', 'fail']);
    expect(statuses).toContainEqual(['XV-202', 'fail']);
  });

  test('who may edit one namespace may go on', async () => {
    const { run } = await openWorkplace(cluster, 'team-a', { user: 'editor' });
    const result = await run(args);
    expect(result.code).toBe(0);
    const statuses = statusesOf(result);
    expect(statuses).toContainEqual(['XV-105', 'pass']);
    expect(statuses).toContainEqual(['XV-801', 'unknown']);
  });
});

describeCluster('what check keeps and prints', (cluster) => {
  const canary = 'canary-4711';

  test('holds no secret, wherever one stands', async () => {
    const namespace = await makeNamespace(cluster);
    await applyObjects(cluster, [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          namespace,
          name: 'login',
          labels: { owner: 'somebody' },
          annotations: { note: canary },
        },
        stringData: { token: canary },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace, name: 'settings' },
        data: { 'settings.yaml': `password: ${canary}` },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { namespace, name: 'redis', annotations: { note: canary } },
        spec: { ports: [{ port: 6379 }] },
      },
    ]);
    const { run, directory } = await openWorkplace(cluster, namespace);
    const values = [
      'dispatch:',
      '  backend: redis',
      '  redis:',
      `    url: redis://user:${canary}@redis:6379`,
      'extraEnv:',
      `  - { name: API_TOKEN, value: ${canary} }`,
      'extraEnvFrom:',
      '  - secretRef: { name: login }',
      '  - configMapRef: { name: settings }',
      'monitoring:',
      '  tracing:',
      '    enabled: true',
      `    endpoint: http://user:${canary}@tempo:4318`,
    ];
    await writeFile(join(directory, 'values.yaml'), `${values.join('\n')}\n`);
    const saved = await run(['check', '-f', 'values.yaml', '--facts-out', 'facts.json']);
    expect(saved.stdout).toMatch(/^\d+ findings/m);
    const text = await readFile(join(directory, 'facts.json'), 'utf8');
    // The names of the keys are there, so it was looked at.
    expect(text).toContain('"token"');
    const offline = { env: { KUBECONFIG: '/nowhere' } };
    const others = await Promise.all([
      run(['check', '-f', 'values.yaml', '--verbose']),
      run(['check', '-f', 'values.yaml', '-o', 'json']),
      run(['check', '-f', 'values.yaml', '-o', 'junit']),
      run(['check', '-f', 'values.yaml', '--facts', 'facts.json', '-o', 'json'], offline),
    ]);
    for (const { stdout, stderr } of [saved, ...others]) {
      expect(stdout).not.toBe('');
      expect(stdout + stderr).not.toContain(canary);
    }
    expect(text).not.toContain(canary);
  });
});
