// A full check of a production deployment on a real control plane, rendering and dry run included,
// against one `kubectl version`: node bench/check.mjs [ROUNDS]
import { join } from 'node:path';
import { root } from '../scripts/setup.mjs';
import { compare, print, runQuietly } from './measure.mjs';
import { startPlayground } from './playground.mjs';

const rounds = Number(process.argv[2] ?? 15);
const { kubectl, env, stop } = await startPlayground();
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
  await stop();
}
