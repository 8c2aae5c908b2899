import { beforeAll, describe, expect, it } from 'vitest';
import { ensureNode, supportedNodeVersions } from '../../scripts/node-versions.mjs';
import { ensureTools } from '../../scripts/tools.mjs';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runProgram } from '../support/run.ts';
import { packageVersion } from '../support/terminal.ts';

describe.each(supportedNodeVersions)('on Node %s', (version) => {
  let node: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    node = await ensureNode(version);
    const { helm4, kubectl } = await ensureTools();
    env = { XERV_DEPLOY_HELM: helm4, XERV_DEPLOY_KUBECTL: kubectl };
  });

  it('the built program answers, renders and refuses', async () => {
    const [versionRun, help, render, refused] = await Promise.all([
      runProgram(['--version'], { node }),
      runProgram(['install', '--help'], { node }),
      runProgram(['render', '--preset', 'production-raft'], { node, env }),
      runProgram(['render', '--backend', 'reddis'], { node, env }),
    ]);
    expect(versionRun).toEqual({ code: 0, stdout: `${await packageVersion()}\n`, stderr: '' });
    expect(help.stdout).toContain('--storage-class');
    expect(render).toMatchObject({ code: 0, stdout: expect.stringContaining('kind: StatefulSet') });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('redis') });
  });
});

describeCluster('on each Node', (cluster) => {
  it('the built program asks a cluster', async () => {
    const { run } = await openWorkplace(cluster, await makeNamespace(cluster));
    expect(await run(['install', '--yes'])).toMatchObject({ code: 0, stderr: '' });
    await Promise.all(
      supportedNodeVersions.map(async (version) => {
        const node = await ensureNode(version);
        const { code, stdout, stderr } = await run(['status', '-o', 'json'], { node });
        expect({ version, code, stderr }).toEqual({ version, code: 0, stderr: '' });
        expect(JSON.parse(stdout)).toMatchObject({ health: 'healthy', release: { revision: 1 } });
      }),
    );
  });
});

it('Node 18 is told in one line what is needed', async () => {
  const node = await ensureNode('18.20.8');
  const { code, stdout, stderr } = await runProgram(['install'], { node });
  expect(code).toBe(3);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining('needs Node.js 20.19 or newer; this is 18.20.8'),
  ]);
});
