import { describe, expect, test } from 'vitest';
import { configMapObject } from '../../support/add-ons.ts';
import { applyObjects } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function domains({ cluster, lookAt, run }: Eyes): void {
  describe('the DNS of the cluster', () => {
    test('with the domain that it answers for, where it shows it', async () => {
      expect(await lookAt('domains')).toEqual([]);
      const Corefile = '.:53 {\n    kubernetes corp.example in-addr.arpa {\n    }\n}\n';
      await applyObjects(cluster(), [configMapObject('kube-system', 'coredns', { Corefile })]);
      expect(await lookAt('domains')).toEqual(['corp.example']);
      await run('-n', 'kube-system', 'delete', 'configmap', 'coredns');
    });
  });
}
