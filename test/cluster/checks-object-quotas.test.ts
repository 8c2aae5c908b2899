import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import { serviceObject } from '../support/add-ons.ts';
import { describeCluster, eventually, kubectl, makeNamespace } from '../support/cluster.ts';
import { applyObjects } from '../support/facts.ts';
import { findingsOf, openWorkplace, outcomeOf } from '../support/on-cluster.ts';

describeCluster('quotas on numbers of objects', (cluster) => {
  test('an upgrade counts what it adds, against what is left', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, directory } = await openWorkplace(cluster, namespace);
    const done = await run(['install', '--yes', '-o', 'json']);
    expect(outcomeOf(done), done.stderr).toMatchObject({ outcome: 'done' });
    await applyObjects(cluster, [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { namespace, name: 'team' },
        spec: { hard: { services: '2', 'count/services': '2' } },
      },
    ]);
    await eventually(async () => {
      const used = ['get', 'resourcequota', 'team', '-o', 'jsonpath={.status.used.services}'];
      const { stdout } = await kubectl(cluster, ['-n', namespace, ...used]);
      return stdout === '1' ? true : undefined;
    });
    const failedWith = async (...names: string[]): Promise<Finding[]> => {
      const extraObjects = names.map((name) => serviceObject(namespace, name, 80));
      await writeFile(join(directory, 'more.json'), JSON.stringify({ extraObjects }));
      const findings = findingsOf(await run(['check', '-f', 'more.json', '-o', 'json']));
      return findings.filter(({ status }) => status === 'fail');
    };
    // That there is one already is no matter: it is used, and not made again.
    expect(await failedWith()).toEqual([]);
    expect(await failedWith('one')).toEqual([]);
    expect(await failedWith('one', 'two')).toMatchObject([
      {
        check: 'XV-104',
        evidence: [
          'ResourceQuota team: count/services: 2 wanted, 1 left',
          'ResourceQuota team: services: 2 wanted, 1 left',
        ],
      },
    ]);
  });
});
