import { expect, test } from 'vitest';
import { applyRelease } from '../../src/release/apply.ts';
import { describeCluster, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { helms, makePlan, openDependencies, run, targetOf } from '../support/release.ts';

describeCluster('install', (cluster) => {
  test.each(helms)('installs with the chart’s defaults (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = await makePlan(deps, target);

    const { events, result } = await run(applyRelease(deps, plan, new AbortController().signal));

    expect(events.at(-1)).toMatchObject({ type: 'outcome', outcome: 'done', problems: [] });
    expect(result).toEqual({ outcome: 'done', exitCode: 0 });
    const pods = await kubectlJson<{ items: unknown[] }>(cluster, [
      'get',
      'pods',
      '-n',
      target.namespace,
    ]);
    expect(pods.items).toHaveLength(1);
    console.log(JSON.stringify(events, null, 1));
  });
});
