import { describe, expect, test } from 'vitest';
import { gatheredParts, makeSubject, seeFacts } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function users({ cluster, lookAt, run }: Eyes): void {
  describe('users', () => {
    test('who may view sees objects, and not what belongs to the cluster', async () => {
      const facts = await seeFacts(cluster(), gatheredParts, {
        user: 'viewer',
        subject: makeSubject({ secrets: ['redis'], namespace: 'team-a' }),
      });
      const unseen = gatheredParts.filter((name) => facts[name]?.state === 'unknown');
      expect(unseen.sort()).toEqual(
        [
          'apiServices',
          'ingressClasses',
          'nodes',
          'priorityClasses',
          'runtimeClasses',
          'secretNames',
          'secrets',
          'storageClasses',
          'webhooks',
        ].sort(),
      );
      for (const name of unseen) expect(facts[name]).toMatchObject({ reason: 'forbidden' });
      expect(facts.permissions).toMatchObject({
        value: {
          'get statefulsets.apps': true,
          'create statefulsets.apps': false,
          'create namespaces': false,
          'list pods': true,
        },
      });
    });

    test('who may edit one namespace may act there', async () => {
      const subject = makeSubject({ namespace: 'team-a', secrets: ['redis'] });
      const facts = await seeFacts(cluster(), ['permissions', 'secrets', 'namespace', 'nodes'], {
        user: 'editor',
        subject,
      });
      expect(facts.namespace).toMatchObject({ value: { exists: true } });
      expect(facts.secrets).toMatchObject({ value: { redis: { exists: false } } });
      expect(facts.nodes).toMatchObject({ state: 'unknown', reason: 'forbidden' });
      expect(facts.permissions).toMatchObject({
        value: { 'create statefulsets.apps': true, 'create namespaces': false },
      });
      const elsewhere = await lookAt('permissions', { user: 'editor' });
      expect(elsewhere['create statefulsets.apps']).toBe(false);
    });

    test('a role bound in a namespace gives nothing beyond it', async () => {
      await run(
        'create',
        'clusterrole',
        'nodes-and-namespaces',
        '--verb=*',
        '--resource=nodes,namespaces',
      );
      await run(
        '-n',
        'team-a',
        'create',
        'rolebinding',
        'beyond',
        '--clusterrole=nodes-and-namespaces',
        '--user=editor',
      );
      const subject = makeSubject({ namespace: 'team-a' });
      const granted = await lookAt('permissions', { user: 'editor', subject });
      expect(granted['create namespaces']).toBe(false);
    });

    test('who may do everything is told so', async () => {
      expect(Object.values(await lookAt('permissions'))).not.toContain(false);
    });
  });
}
