// A full check of a production deployment on a real control plane, rendering and dry run included,
// against one `kubectl version`: node bench/check.mjs [ROUNDS]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp, setUpControlPlane } from '../scripts/setup.mjs';
import { startControlPlane } from '../test/cluster/control-plane/start.mjs';
import { compare, print, runQuietly } from './measure.mjs';

const rounds = Number(process.argv[2] ?? 15);
const { helm4, kubectl } = await setUp();
const built = await setUpControlPlane();
if ('unusable' in built) throw new Error(built.unusable);

const directory = await mkdtemp(join(tmpdir(), 'xerv-bench-'));
const controlPlane = await startControlPlane({ ...built, directory, profile: 'playground' });
const env = {
  ...process.env,
  KUBECONFIG: controlPlane.kubeconfig,
  XERV_DEPLOY_HELM: helm4,
  XERV_DEPLOY_KUBECTL: kubectl,
};
const presets = ['production-raft', 'istio', 'observability'].flatMap((name) => ['--preset', name]);
const program = join(root, 'bin/create-xerv-deploy.js');

const baseline = { name: 'kubectl version', run: () => runQuietly(kubectl, ['version'], env) };
const check = {
  name: 'create-xerv-deploy check',
  // It fails (3) where the cluster has no Istio; it has asked and rendered all the same.
  run: () => runQuietly(process.execPath, [program, 'check', ...presets], env, [0, 3]),
};

try {
  print(
    'Checking production-raft + istio + observability',
    await compare(baseline, [check], { rounds }),
    {
      [check.name]: 3,
    },
  );
} finally {
  await controlPlane.stop();
  await rm(directory, { recursive: true, force: true });
}
