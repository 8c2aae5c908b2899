import { describe, expect, test } from 'vitest';
import { configMapObject, namespaceObject } from '../../support/add-ons.ts';
import { eventually } from '../../support/cluster.ts';
import { applyObjects, makeSubject, seeFacts } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function namespaces({ cluster, lookAt, run }: Eyes): void {
  describe('the namespace', () => {
    test('with quota, limits, labels and what the pods need', async () => {
      await applyObjects(cluster(), [
        namespaceObject('shop', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { namespace: 'shop', name: 'small' },
          spec: { hard: { 'requests.cpu': '2', pods: '5' } },
        },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          metadata: { namespace: 'shop', name: 'usual' },
          spec: { limits: [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '500m' } }] },
        },
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { namespace: 'shop', name: 'redis' },
          stringData: { url: 'redis://:canary-password@redis', other: 'canary-password' },
        },
        configMapObject('shop', 'flows', { 'a.yaml': 'canary-content' }),
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { namespace: 'shop', name: 'redis' },
          spec: { selector: { app: 'none' }, ports: [{ port: 6379 }] },
        },
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { namespace: 'shop', name: 'outside' },
          spec: { type: 'ExternalName', externalName: 'redis.example.com' },
        },
      ]);
      const names = [
        'namespace',
        'quotas',
        'limitRanges',
        'secrets',
        'configMaps',
        'services',
      ] as const;
      const subject = makeSubject({
        namespace: 'shop',
        secrets: ['redis', 'missing'],
        configMaps: ['flows'],
        services: ['redis', 'outside', 'missing'].map((name) => ({ namespace: 'shop', name })),
      });
      const facts = await eventually(async () => {
        const seen = await seeFacts(cluster(), names, { subject });
        const { quotas } = seen;
        return quotas.state === 'known' && quotas.value[0]?.used.pods !== undefined
          ? seen
          : undefined;
      });
      expect(facts).toMatchObject({
        namespace: {
          value: {
            exists: true,
            labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          },
        },
        quotas: {
          value: [
            { name: 'small', hard: { 'requests.cpu': '2' }, used: { pods: '0' }, scopes: [] },
          ],
        },
        limitRanges: { value: [{ limits: [{ type: 'Container', max: { cpu: '1' } }] }] },
        secrets: {
          value: {
            redis: { exists: true, type: 'Opaque', keys: ['other', 'url'] },
            missing: { exists: false, keys: [] },
          },
        },
        configMaps: { value: { flows: { exists: true, keys: ['a.yaml'] } } },
        services: {
          value: {
            'shop/redis': { exists: true, ports: [6379], readyEndpoints: 0 },
            'shop/outside': { exists: true, readyEndpoints: null },
            'shop/missing': { exists: false },
          },
        },
      });
      expect(JSON.stringify(facts)).not.toContain('canary');
    });

    test('that is being deleted says what it waits for', async () => {
      await applyObjects(cluster(), [
        namespaceObject('stuck'),
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { namespace: 'stuck', name: 'held', finalizers: ['test.xerv.io/hold'] },
        },
      ]);
      await run('delete', 'namespace', 'stuck', '--wait=false');
      const seen = await eventually(async () => {
        const value = await lookAt('namespace', { subject: makeSubject({ namespace: 'stuck' }) });
        return value.conditions.length > 0 ? value : undefined;
      });
      expect(seen).toMatchObject({ exists: true, terminating: true });
      expect(seen.conditions.join()).toContain('test.xerv.io/hold');
    });
  });
}
