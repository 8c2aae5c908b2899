import { describe, expect, test } from 'vitest';
import { gatheredParts, seeFacts } from '../../support/facts.ts';
import { addOnParts } from './add-on-parts.ts';
import type { Eyes } from './eyes.ts';

export function clustersWithNothing({ cluster }: Eyes): void {
  describe('without any add-on', () => {
    test('an administrator sees every part', async () => {
      const facts = await seeFacts(cluster(), gatheredParts);
      for (const name of gatheredParts) expect([name, facts[name]?.state]).toEqual([name, 'known']);
      expect(facts.server).toMatchObject({ value: { minor: 36, distribution: '' } });
      expect(facts.namespace).toMatchObject({ value: { exists: false, terminating: false } });
    });

    test('add-ons that are not served are known to be absent', async () => {
      const facts = await seeFacts(cluster(), addOnParts, { user: 'editor' });
      for (const name of addOnParts)
        expect([name, facts[name]]).toMatchObject([
          name,
          { state: 'known', value: { served: false } },
        ]);
    });

    test('what nobody made is empty', async () => {
      const facts = await seeFacts(cluster(), [
        'claims',
        'workload',
        'autoscalers',
        'grafana',
        'ingressClasses',
        'quotas',
        'limitRanges',
        'webhooks',
      ]);
      expect(facts).toEqual({
        claims: { state: 'known', value: [] },
        workload: { state: 'known', value: null },
        autoscalers: { state: 'known', value: [] },
        grafana: { state: 'known', value: [] },
        ingressClasses: { state: 'known', value: [] },
        quotas: { state: 'known', value: [] },
        limitRanges: { state: 'known', value: [] },
        webhooks: { state: 'known', value: [] },
      });
    });
  });
}
