import { describe, expect, test } from 'vitest';
import { namespaceObject } from '../../support/add-ons.ts';
import { eventually } from '../../support/cluster.ts';
import { applyObjects, makeSubject } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function nodes({ cluster, lookAt, run }: Eyes): void {
  describe('nodes', () => {
    test('with room, until every replica has found a place', async () => {
      const nodes = await eventually(async () => {
        const value = await lookAt('nodes', { subject: makeSubject({ namespace: 'data' }) });
        return value.seen.some(({ ownPods }) => ownPods.length > 0) ? value : undefined;
      });
      expect(nodes).toMatchObject({ total: 6, complete: true });
      expect(nodes.seen.map(({ name }) => name)).toHaveLength(6);
      for (const { free, allocatable } of nodes.seen) {
        expect(allocatable).toEqual({
          cpu: 4,
          memory: 16 * 1024 ** 3,
          pods: 110,
          'ephemeral-storage': 100 * 1024 ** 3,
        });
        expect(free?.cpu).toBeGreaterThan(0);
      }
      expect(nodes.seen.flatMap(({ ownPods }) => ownPods)).toEqual(['xerv-0']);
    });

    test('that are cordoned, tainted or full', async () => {
      await run('cordon', 'node-1');
      await run('taint', 'node', 'node-2', 'dedicated=batch:NoSchedule');
      await applyObjects(cluster(), [
        namespaceObject('busy'),
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { namespace: 'busy', name: 'large' },
          spec: {
            nodeName: 'node-3',
            containers: [
              {
                name: 'main',
                image: 'busy:1',
                resources: { requests: { cpu: '3500m', memory: '1Gi' } },
              },
            ],
          },
        },
      ]);
      const pod = { ...makeSubject().pod, requests: { cpu: 1, memory: 0 } };
      const find = async (tolerations: typeof pod.tolerations = []) => {
        const subject = makeSubject({ pod: { ...pod, tolerations } });
        const { seen } = await lookAt('nodes', { subject });
        return Object.fromEntries(seen.map((node) => [node.name, node]));
      };
      const nodes = await find();
      expect(nodes['node-1']).toMatchObject({ unschedulable: true, free: null });
      expect(nodes['node-2']).toMatchObject({
        taints: [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }],
        free: null,
      });
      expect(nodes['node-3']?.free?.cpu).toBeCloseTo(0.5);
      const tolerant = await find([
        { key: 'dedicated', operator: 'Exists', value: null, effect: null },
      ]);
      expect(tolerant['node-2']?.free?.cpu).toBeGreaterThan(3);
      await run('uncordon', 'node-1');
      await run('taint', 'node', 'node-2', 'dedicated-');
    });
  });
}
