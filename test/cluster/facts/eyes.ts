import type { FactName } from '../../../src/cluster/facts/facts.ts';
import { kubectl, type SharedCluster } from '../../support/cluster.ts';
import { seeFacts } from '../../support/facts.ts';

/** What the tests of the facts share: a cluster, and how to look at it. */
export type Eyes = ReturnType<typeof openEyes>;

/** @param cluster the one at hand once the tests run */
export function openEyes(cluster: () => SharedCluster) {
  return {
    cluster,
    /** @throws where the part is not known */
    lookAt: async <Name extends FactName>(
      name: Name,
      options: Parameters<typeof seeFacts>[2] = {},
    ) => {
      const facts = await seeFacts(cluster(), [name], options);
      const fact = facts[name];
      if (fact?.state !== 'known') throw new Error(`${name}: ${JSON.stringify(fact)}`);
      return fact.value;
    },
    /** kubectl. @throws with its words */
    run: async (...args: string[]) => {
      const { code, stderr } = await kubectl(cluster(), args);
      if (code !== 0) throw new Error(stderr);
    },
  };
}
