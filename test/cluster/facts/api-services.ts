import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/cluster.ts';
import { applyObjects } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function apiServices({ cluster, lookAt, run }: Eyes): void {
  describe('an aggregated API that is down', () => {
    test('is told, with the reason', async () => {
      await applyObjects(cluster(), [
        {
          apiVersion: 'apiregistration.k8s.io/v1',
          kind: 'APIService',
          metadata: { name: 'v1beta1.external.metrics.k8s.io' },
          spec: {
            group: 'external.metrics.k8s.io',
            version: 'v1beta1',
            groupPriorityMinimum: 100,
            versionPriority: 100,
            insecureSkipTLSVerify: true,
            service: { namespace: 'keda', name: 'keda-operator-metrics-apiserver' },
          },
        },
      ]);
      const seen = await eventually(async () => {
        const value = await lookAt('apiServices');
        return value[0]?.reason ? value : undefined;
      });
      expect(seen).toMatchObject([
        {
          name: 'v1beta1.external.metrics.k8s.io',
          available: false,
          service: 'keda/keda-operator-metrics-apiserver',
        },
      ]);
      // Nothing else suffers from it.
      expect(await lookAt('apis')).toContain('apps/v1/StatefulSet');
      await run('delete', 'apiservice', 'v1beta1.external.metrics.k8s.io');
    });
  });
}
