import { beforeAll, expect, it } from 'vitest';
import { ensureOldestHelm } from '../../scripts/oldest-helm.mjs';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';

describeCluster('the oldest helm that we support', (cluster) => {
  let helm: string;
  beforeAll(async () => {
    helm = await ensureOldestHelm({ log: (line) => console.log(line) });
  }, 900_000);

  it('installs, upgrades and uninstalls', async () => {
    const { run, kubectl } = await openWorkplace(cluster, await makeNamespace(cluster));
    const env = { XERV_DEPLOY_HELM: helm };
    for (const args of [
      ['install', '--backend', 'raft', '--replicas', '3', '--yes'],
      ['upgrade', '--image', 'ghcr.io/ml-rust/xerv:0.1.1', '--yes'],
      ['uninstall', '--delete-data', '--confirm=xerv', '--yes'],
    ]) {
      const result = await run(args, { env });
      expect(result.stderr).toBe('');
      expect(result.code).toBe(0);
    }
    expect((await kubectl('get', 'all,pvc', '-o', 'name')).stdout).toBe('');
  });
});
