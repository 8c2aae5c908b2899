// Installing production-raft on a real control plane, against helm itself with --wait:
// node bench/install.mjs [ROUNDS]
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../scripts/setup.mjs';
import { compare, print, runQuietly } from './measure.mjs';
import { startPlayground } from './playground.mjs';

const rounds = Number(process.argv[2] ?? 5);
const { helm4, kubectl, directory, env, stop } = await startPlayground();
let namespace = 0;
const nextNamespace = () => {
  namespace += 1;
  return `bench-${namespace}`;
};

const byHelm = {
  name: 'helm upgrade --install --wait',
  run: () => {
    const name = nextNamespace();
    const preset = join(root, 'presets/production-raft.yaml');
    const args = ['upgrade', '--install', 'xerv', join(root, 'charts/xerv'), '-f', preset];
    return runQuietly(helm4, [...args, '-n', name, '--create-namespace', '--wait'], env);
  },
};
const byUs = {
  name: 'create-xerv-deploy install',
  run: () => {
    const name = nextNamespace();
    const program = join(root, 'bin/create-xerv-deploy.js');
    const values = join(directory, 'values.yaml');
    const args = ['install', '--preset', 'production-raft', '-n', name, '--yes'];
    return runQuietly(process.execPath, [program, ...args, '--values-out', values], env);
  },
};
/** Each round starts on an empty cluster: five pods on six nodes would not fit twice. */
const cleanUp = async () => {
  const name = `bench-${namespace}`;
  await runQuietly(helm4, ['uninstall', 'xerv', '-n', name, '--wait'], env);
  await runQuietly(kubectl, ['delete', 'pvc', '--all', '-n', name], env);
  await rm(join(directory, 'values.yaml'), { force: true });
};

try {
  print('Installing production-raft', await compare(byHelm, [byUs], { rounds, between: cleanUp }), {
    [byUs.name]: 1.6,
  });
} finally {
  await stop();
}
