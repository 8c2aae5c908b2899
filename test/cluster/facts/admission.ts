import { describe, expect, test } from 'vitest';
import { podRule, webhookObject } from '../../support/add-ons.ts';
import { applyObjects, makeSubject } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function admission({ cluster, lookAt, run }: Eyes): void {
  describe('webhooks', () => {
    test('that would be asked about our objects, and whether anybody answers', async () => {
      const service = { namespace: 'gone', name: 'policy' };
      const selective = { matchLabels: { team: 'other' } };
      await applyObjects(cluster(), [
        webhookObject('Validating', { name: 'policy', clientConfig: { service } }),
        webhookObject('Validating', {
          name: 'others',
          clientConfig: { service },
          namespaceSelector: selective,
        }),
        webhookObject('Mutating', {
          name: 'remote',
          clientConfig: { url: 'https://policy.example.com/x' },
          rules: [{ ...podRule, apiGroups: ['apps'], resources: ['statefulsets'] }],
        }),
        webhookObject('Mutating', {
          name: 'conditional',
          clientConfig: { service },
          matchConditions: [{ name: 'ours', expression: 'object.metadata.name != "xerv"' }],
        }),
        webhookObject('Mutating', {
          name: 'of-the-cluster',
          clientConfig: { service },
          rules: [{ ...podRule, scope: 'Cluster' }],
        }),
        webhookObject('Mutating', {
          name: 'jobs',
          clientConfig: { service },
          rules: [{ ...podRule, apiGroups: ['batch'], resources: ['jobs'] }],
        }),
      ]);
      const subject = makeSubject({ namespace: 'shop' });
      const seen = await lookAt('webhooks', { subject });
      expect(Object.fromEntries(seen.map((one) => [one.configuration, one]))).toMatchObject({
        policy: {
          mutating: false,
          failurePolicy: 'Ignore',
          sideEffects: 'None',
          service: 'gone/policy',
          reachable: false,
          resources: ['/pods'],
          matchesNamespace: true,
          caBundle: false,
        },
        others: { matchesNamespace: false, reachable: null },
        remote: { service: 'https://policy.example.com/x', reachable: null },
        conditional: { matchesNamespace: null, reachable: false },
      });
      expect(seen).toHaveLength(4);
      await run('delete', 'validatingwebhookconfigurations,mutatingwebhookconfigurations', '--all');
    });
  });
}
