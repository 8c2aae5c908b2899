import { describe, expect, test } from 'vitest';
import { gatheredParts, seeFacts } from '../../support/facts.ts';
import { startUnreliableServer } from '../../support/unreliable-server.ts';
import type { Eyes } from './eyes.ts';

export function badRoads({ cluster }: Eyes): void {
  describe('a server behind a bad road', () => {
    test('that answers 429 and 500 now and then is asked again', async () => {
      // Every third path is refused twice. A review is a POST, which is not sent again.
      const times = new Map<string, number>();
      const kubeconfig = await startUnreliableServer(cluster().kubeconfigs.admin, ({ path }) => {
        const time = times.get(path) ?? 0;
        times.set(path, time + 1);
        const isChosen = [...times.keys()].indexOf(path) % 3 === 0 && !path.includes('review');
        if (!isChosen || time > 1) return {};
        return { status: time === 0 ? 429 : 500 };
      });
      const facts = await seeFacts(cluster(), gatheredParts, { kubeconfig });
      for (const name of gatheredParts) expect([name, facts[name]?.state]).toEqual([name, 'known']);
      expect([...times.values()].filter((time) => time > 2).length).toBeGreaterThan(5);
    });

    test('that is slow is waited for', async () => {
      const delayMilliseconds = 500;
      let requests = 0;
      const kubeconfig = await startUnreliableServer(cluster().kubeconfigs.admin, () => {
        requests += 1;
        return { delayMilliseconds };
      });
      const startedAt = Date.now();
      const facts = await seeFacts(cluster(), gatheredParts, { kubeconfig });
      for (const name of gatheredParts) expect([name, facts[name]?.state]).toEqual([name, 'known']);
      // Not one after another.
      expect(Date.now() - startedAt).toBeLessThan((requests * delayMilliseconds) / 2);
    });

    test('that does not answer about one thing leaves only that one open', async () => {
      const kubeconfig = await startUnreliableServer(cluster().kubeconfigs.admin, ({ path }) =>
        path.includes('storageclasses') ? { delayMilliseconds: 20_000 } : {},
      );
      const facts = await seeFacts(cluster(), ['storageClasses', 'namespace', 'nodes'], {
        kubeconfig,
        timeoutMilliseconds: 1_500,
      });
      expect(facts).toMatchObject({
        storageClasses: { state: 'unknown', reason: 'timeout' },
        namespace: { state: 'known' },
        nodes: { state: 'known' },
      });
    });
  });
}
