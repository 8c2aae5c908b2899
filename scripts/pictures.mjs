// The pictures of the README, of real runs on a control plane of their own: npm run pictures
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startControlPlane } from '../test/cluster/control-plane/start.mjs';
import { openTerminal } from './pictures/terminal.mjs';
import { root, say, setUp, setUpControlPlane } from './setup.mjs';

const tools = await setUp();
const built = await setUpControlPlane();
if ('unusable' in built) throw new Error(built.unusable);
const directory = await mkdtemp(join(tmpdir(), 'xerv-pictures-'));
const controlPlane = await startControlPlane({
  ...built,
  directory: join(directory, 'control-plane'),
  profile: 'playground',
  name: 'playground',
  nodes: { count: 6, zones: 3 },
});
try {
  const workplace = join(directory, 'work');
  await mkdir(workplace);
  const terminal = openTerminal([process.execPath, join(root, 'bin/create-xerv-deploy.js')], {
    directory: workplace,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: directory,
      XDG_STATE_HOME: join(directory, 'state'),
      KUBECONFIG: controlPlane.kubeconfig,
      XERV_DEPLOY_HELM: tools.helm4,
      XERV_DEPLOY_KUBECTL: tools.kubectl,
    },
  });
  const pictures = join(root, 'docs/pictures');
  await mkdir(pictures, { recursive: true });
  /**
   * @param {string} name
   * @param {string} title
   * @param {RegExp} pattern
   */
  const take = async (name, title, pattern) => {
    await writeFile(join(pictures, `${name}.svg`), await terminal.picture(pattern, title));
    say(`docs/pictures/${name}.svg`);
  };

  await terminal.picture(/Evaluation/, '');
  terminal.write('1');
  await terminal.picture(/be added to it/, '');
  terminal.write('\r');
  await take(
    'question',
    'A question of the wizard, with what the cluster says about the choice',
    /share their work.*\d+ checks pass/s,
  );
  terminal.write('r');
  await take(
    'review',
    'The review: where, what will be done, what the checks say, and the same as a command',
    /Install it\? y\/N/,
  );
  terminal.write('y');
  await take('rollout', 'The rollout, with every pod and claim', /pods: [1-4] of 5 ready/);
  await terminal.picture(/XERV is running/, '');
  terminal.write('\r');
  await terminal.ended;
} finally {
  await controlPlane.stop();
  await rm(directory, { recursive: true, force: true });
}
