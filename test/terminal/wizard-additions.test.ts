import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  meshesAtWork,
  prometheusKind,
  scalersAndMonitoringAtWork,
  useAddOnCluster,
} from '../support/add-on-cluster.ts';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { equivalentOn } from '../support/equivalent.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const enter = '\r';
const ctrlC = '\u0003';
const minute = 60_000;
const redis = '2';
const evaluation = '4';

/** By the number on their page, with a start that they go with, and what says that they lack. */
const additions = [
  ['istio', '2', evaluation, 'XV-501'],
  ['keda', '3', redis, 'XV-405'],
  ['linkerd', '4', evaluation, 'XV-520'],
  ['network-secure', '5', evaluation, undefined],
  ['observability', '6', evaluation, 'XV-601'],
  ['vpa', '7', evaluation, 'XV-410'],
] as const;

const names = { [redis]: 'redis', [evaluation]: 'evaluation' };

describeCluster('additions to a start, on a terminal', (shared) => {
  // A cluster of its own: on the shared one other tests may have made kinds of the add-ons.
  const addOns = useAddOnCluster(shared);

  async function open() {
    const cluster = addOns.cluster();
    const { env, directory } = await openWorkplace(cluster, await makeNamespace(cluster));
    const state = { XDG_STATE_HOME: join(directory, 'state') };
    return () => runInTerminal(['--fresh'], { env: { ...env, ...state }, cwd: directory });
  }

  it('are dimmed without their add-on, explained, and added for a reason', async () => {
    const start = await open();
    for (const [name, key, base, check] of additions) {
      const terminal = start();
      await terminal.until(/What should it start from/);
      terminal.write(base);
      await terminal.until(/be added to it/);
      await terminal.until(/XV-410/, minute);
      terminal.write(key);
      if (check) {
        await terminal.until(new RegExp(`${check} .*Why it matters`, 's'));
        terminal.write('s');
        await terminal.until(new RegExp(`Why let ${check} pass`));
        terminal.write(`it comes soon${enter}`);
      }
      await terminal.until(/added; choose it again to remove it/);
      terminal.write('r');
      await terminal.until(/nothing has changed yet/, minute);
      const command = equivalentOn(terminal.screen());
      expect(command).toContain(`install --preset ${names[base]} --preset ${name} `);
      if (check) expect(command).toContain(`--skip-check '${check}=it comes soon'`);
      terminal.write(ctrlC);
      expect((await terminal.exit).code).toBe(130);
    }
  });

  describe('where the add-ons are', () => {
    beforeAll(async () => {
      await addOns.makeKinds();
      await addOns.apply(prometheusKind);
      await addOns.apply(...meshesAtWork(), ...scalersAndMonitoringAtWork(addOns));
    });

    it('are added by three keys', async () => {
      const start = await open();
      for (const [name, key, base] of additions) {
        const terminal = start();
        await terminal.until(/What should it start from/);
        terminal.write(`${base}${key}r`);
        await terminal.until(/nothing has changed yet/, minute);
        expect(equivalentOn(terminal.screen())).toMatch(
          new RegExp(`^create-xerv-deploy install --preset ${names[base]} --preset ${name} `),
        );
        terminal.write(ctrlC);
        expect((await terminal.exit).code).toBe(130);
      }
    });
  });
});
