import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { applyObjects } from '../support/facts.ts';
import { openWorkplace, outcomeOf } from '../support/on-cluster.ts';

const rbac = 'rbac.authorization.k8s.io';

describeCluster('who may do everything in the namespace but delete claims', (cluster) => {
  it('is told before anything goes, also by a dry run, and may keep the data', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl } = await openWorkplace(cluster, namespace);
    const user = `user-${randomBytes(4).toString('hex')}`;
    const metadata = { name: user, namespace };
    const claims = ['get', 'list', 'watch', 'create', 'update', 'patch'];
    await applyObjects(cluster, [
      {
        apiVersion: `${rbac}/v1`,
        kind: 'Role',
        metadata,
        rules: [
          {
            apiGroups: [''],
            resources: ['secrets', 'configmaps', 'services', 'serviceaccounts', 'pods', 'pods/log'],
            verbs: ['*'],
          },
          { apiGroups: ['apps', 'policy'], resources: ['*'], verbs: ['*'] },
          { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: claims },
        ],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: rbac, kind: 'Role', name: user },
        subjects: [{ apiGroup: rbac, kind: 'User', name: user }],
      },
    ]);
    const raft = ['--backend', 'raft', '--replicas', '3', '--storage-size', '1Gi'];
    expect((await run(['install', ...raft, '--yes'])).code).toBe(0);
    const erase = ['uninstall', '--as', user, '--delete-data', '--confirm=xerv', '-o', 'json'];

    for (const more of [[], ['--dry-run']]) {
      const refused = await run([...erase, ...more]);
      expect(refused.code).toBe(3);
      expect(outcomeOf(refused)).toMatchObject({
        outcome: 'failed',
        state: 'Nothing was changed.',
        problems: [{ message: expect.stringContaining('no permission to delete claims') }],
      });
    }
    expect((await kubectl('get', 'sts', '-o', 'name')).stdout).toContain('xerv');

    const kept = await run(['uninstall', '--as', user, '--yes', '-o', 'json']);
    expect(kept.code, kept.stderr).toBe(0);
    expect(outcomeOf(kept).state).toContain('The data is kept in data-xerv-0');
  });

  it('is told of the Secrets that go with the release', async () => {
    const { run } = await openWorkplace(cluster, await makeNamespace(cluster));
    const env = { XERV_DEPLOY_NATS_URL: 'nats://user:canary@nats.example.com:4222' };
    expect((await run(['install', '--backend', 'nats', '--yes'], { env })).code).toBe(0);

    const shown = await run(['uninstall', '--dry-run']);
    expect(shown.stdout).toMatch(/our Secrets: xerv-nats-\w+/);
    expect(shown.stdout).not.toContain('canary');
    const removed = await run(['uninstall', '--yes']);
    expect(removed.stdout).toMatch(/removed Secret xerv-nats-\w+/);
  });
});
