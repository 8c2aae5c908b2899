import { describe, expect, test } from 'vitest';
import { namespaceObject } from '../../support/add-ons.ts';
import { eventually } from '../../support/cluster.ts';
import { applyObjects, makeSubject } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function storage({ cluster, lookAt, run }: Eyes): void {
  describe('storage', () => {
    const marked = async () =>
      (await lookAt('storageClasses')).filter(({ isDefault }) => isDefault).map(({ name }) => name);
    const mark = (name: string, value: string) =>
      run(
        'annotate',
        'storageclass',
        name,
        '--overwrite',
        `storageclass.kubernetes.io/is-default-class=${value}`,
      );

    test('the default class, also where there is none or more than one', async () => {
      expect(await marked()).toEqual(['standard']);
      await mark('fixed', 'true');
      expect(await marked()).toEqual(['fixed', 'standard']);
      await mark('fixed', 'false');
      await mark('standard', 'false');
      expect(await marked()).toEqual([]);
      await mark('standard', 'true');
      const fixed = (await lookAt('storageClasses')).find(({ name }) => name === 'fixed');
      expect(fixed).toMatchObject({ allowVolumeExpansion: false, volumeBindingMode: 'Immediate' });
    });

    test('claims with the zone of their volume, and the workload that mounts them', async () => {
      const labels = makeSubject().selector;
      await applyObjects(cluster(), [
        namespaceObject('data'),
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: { namespace: 'data', name: 'xerv', labels },
          spec: {
            serviceName: 'xerv',
            replicas: 1,
            podManagementPolicy: 'Parallel',
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: {
                containers: [
                  {
                    name: 'xerv',
                    image: 'xerv:1',
                    volumeMounts: [{ name: 'data', mountPath: '/data' }],
                  },
                ],
              },
            },
            volumeClaimTemplates: [
              {
                metadata: { name: 'data' },
                spec: {
                  storageClassName: 'fast-ssd',
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: { storage: '1Gi' } },
                },
              },
            ],
          },
        },
      ]);
      const subject = makeSubject({ namespace: 'data', claims: ['data-xerv-0'] });
      const claims = await eventually(async () => {
        const value = await lookAt('claims', { subject });
        return value[0]?.phase === 'Bound' ? value : undefined;
      });
      expect(claims).toMatchObject([
        {
          name: 'data-xerv-0',
          storageClass: 'fast-ssd',
          size: '1Gi',
          accessModes: ['ReadWriteOnce'],
        },
      ]);
      expect(claims[0]?.zones?.[0]).toMatch(/^test-region-[abc]$/);
      // The volume itself belongs to the cluster.
      const viewed = await lookAt('claims', { subject, user: 'viewer' });
      expect(viewed[0]?.zones).toBeNull();
      expect(await lookAt('workload', { subject })).toMatchObject({
        kind: 'StatefulSet',
        podManagementPolicy: 'Parallel',
        claimTemplates: [{ name: 'data', storageClass: 'fast-ssd', size: '1Gi' }],
      });
    });
  });
}
