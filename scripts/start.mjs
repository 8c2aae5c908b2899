// `npm start`: tries the program on a real Kubernetes API of its own, without containers.
//
//   npm start                    opens the wizard on the playground; without a terminal it installs
//                                the preset production-raft there
//   npm start -- ARGS            runs the program with ARGS on the playground
//   npm start -- stop            ends the playground
import { join } from 'node:path';
import { bringUpPlayground, playgroundDirectory, stopPlayground } from './playground.mjs';
import { run } from './run.mjs';
import { root, say, setUp, setUpControlPlane } from './setup.mjs';

const args = process.argv.slice(2);
const program = join(root, 'bin/create-xerv-deploy.js');

if (args[0] === 'stop') {
  process.exitCode = await stopPlayground();
} else {
  const tools = await setUp();
  const controlPlane = await setUpControlPlane();
  process.exitCode =
    'unusable' in controlPlane
      ? await showOffline(controlPlane.unusable, tools)
      : await runOnPlayground(controlPlane, tools);
}

/**
 * @param {string} reason
 * @param {import('./tools.mjs').Tools} tools
 */
async function showOffline(reason, tools) {
  say(`No playground: ${reason}`);
  say('It is built from Kubernetes itself: install Go from https://go.dev/dl and try again.');
  say('What works without a cluster, here the manifests of production-raft:');
  const command = args.length > 0 ? args : ['render', '--preset', 'production-raft'];
  const { code } = await run(process.execPath, [program, ...command], {
    env: { ...process.env, XERV_DEPLOY_HELM: tools.helm4, KUBECONFIG: '/nonexistent' },
  });
  return code;
}

/**
 * @param {{binary: string, crdsDirectory: string}} controlPlane
 * @param {import('./tools.mjs').Tools} tools
 */
async function runOnPlayground(controlPlane, tools) {
  const { kubeconfig } = await bringUpPlayground(controlPlane, say);
  const firstRun = args.length === 0;
  const asks = process.stdin.isTTY && process.stdout.isTTY;
  const unasked = asks ? [] : ['install', '--preset', 'production-raft', '--yes'];
  const command = firstRun ? unasked : args;
  say(['create-xerv-deploy', ...command].join(' '));
  const { code } = await run(process.execPath, [program, ...command], {
    env: {
      ...process.env,
      KUBECONFIG: kubeconfig,
      XERV_DEPLOY_HELM: tools.helm4,
      XERV_DEPLOY_KUBECTL: tools.kubectl,
      // What is left of a wizard here is no matter of the user's own clusters.
      XDG_STATE_HOME: join(playgroundDirectory(), '..', 'playground-state'),
      XERV_DEPLOY_VALUES_OUT: join(playgroundDirectory(), '..', 'playground-values.yaml'),
    },
  });
  if (firstRun && code === 0) printNextSteps(kubeconfig, tools.kubectl);
  return code;
}

/**
 * @param {string} kubeconfig
 * @param {string} kubectl
 */
function printNextSteps(kubeconfig, kubectl) {
  console.log(`
What to try next, on the same playground:
  npm start -- status
  npm start -- upgrade --image ghcr.io/ml-rust/xerv:0.1.1
  npm start -- upgrade --image ghcr.io/unpullable/xerv:1.0 --yes    (what a failure looks like)
  npm start -- uninstall
  npm start -- stop                                                 (ends the playground)

Or look at it yourself:
  export KUBECONFIG=${kubeconfig}
  ${kubectl} -n xerv get pods,pvc`);
}
