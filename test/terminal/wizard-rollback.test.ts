import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeCluster, eventually, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const enter = '\r';
const up = '\u001b[A';
const esc = '\u001b';
const minute = 60_000;

/** The usual ones, the smallest, and some at which frames are just as high as the terminal lets. */
const sizes = [
  [80, 24],
  [80, 18],
  [76, 21],
  [40, 12],
  [101, 23],
  [140, 45],
  [80, 24],
] as const;

describeCluster('the review of a rollback, on a terminal', (cluster) => {
  it('stands alone on the screen, and so does the failure, at each size', async () => {
    const { env, directory, run } = await openWorkplace(cluster, await makeNamespace(cluster));
    expect((await run(['install', '--yes'])).code).toBe(0);
    const terminal = runInTerminal([], {
      cwd: directory,
      env: {
        ...env,
        XDG_STATE_HOME: join(directory, 'state'),
        XERV_DEPLOY_IMAGE: 'ghcr.io/unpullable/xerv:1.0',
      },
    });
    await terminal.until(/❯ Change or upgrade it/);
    terminal.write(enter);
    await terminal.until(/❯ What runs now/);
    terminal.write('r');
    await terminal.until(/Change it\? y\/N/, minute);
    terminal.write('y');
    await terminal.until(/❯ Choose another image/, 2 * minute);

    const expectOne = (body: RegExp) =>
      eventually(async () => {
        const visible = terminal.visible();
        expect(visible).toMatch(body);
        expect(visible.match(/^ XERV {2}/gm), visible).toHaveLength(1);
        return true;
      });
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows);
      await expectOne(/❯ Choose another image/);
      terminal.write(up.repeat(3) + enter);
      await expectOne(/Go back to revision 1\? y\/N/);
      terminal.write(esc);
      await expectOne(/❯ Choose another image/);
    }
  });
});
