// What a check costs as the cluster grows: node bench/large-cluster.mjs [ROUNDS] [NODES] [PODS]
// The same check on 3 nodes and on 5,000 with 50,000 pods, which take about 75 s to be made.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp, setUpControlPlane } from '../scripts/setup.mjs';
import { createClient } from '../test/cluster/control-plane/api.mjs';
import { DEFAULT_NODES, makeNodes } from '../test/cluster/control-plane/nodes.mjs';
import { startControlPlane } from '../test/cluster/control-plane/start.mjs';
import { compare, print, runQuietly } from './measure.mjs';

const [rounds = 7, nodeCount = 5_000, podCount = 50_000] = process.argv.slice(2).map(Number);
const { helm4, kubectl } = await setUp();
const built = await setUpControlPlane();
if ('unusable' in built) throw new Error(built.unusable);

const directory = await mkdtemp(join(tmpdir(), 'xerv-bench-'));
const start = (/** @type {string} */ name) =>
  startControlPlane({ ...built, directory: join(directory, name), nodes: { count: 3 } });
const small = await start('small');
const large = await start('large');
const presets = ['production-raft', 'istio', 'observability'].flatMap((name) => ['--preset', name]);
const program = join(root, 'bin/create-xerv-deploy.js');
const peakFile = join(directory, 'peak');

/** @param {string} name @param {string} kubeconfig */
const check = (name, kubeconfig) => ({
  name,
  run: () =>
    runQuietly(
      process.execPath,
      // Loaded into the process that is measured: it says how much memory it needed.
      [
        `--import=data:text/javascript,${encodeURIComponent(tellPeak)}`,
        program,
        'check',
        ...presets,
      ],
      {
        ...process.env,
        KUBECONFIG: kubeconfig,
        PEAK_FILE: `${peakFile}-${name.split(' ')[0]}`,
        XERV_DEPLOY_HELM: helm4,
        XERV_DEPLOY_KUBECTL: kubectl,
      },
      [0, 3],
    ),
});
const tellPeak = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));`;

/** With 40 images each, as nodes have in use. */
async function fill() {
  // Nobody is to schedule, drive or delete what is made here.
  for (const role of ['kwok', 'kube-scheduler', 'kube-controller-manager', 'provisioner'])
    process.kill(large.pids[role] ?? Number.NaN, 'SIGSTOP');
  const kubeconfig = await readFile(large.kubeconfig, 'utf8');
  const [, certificate = ''] = /certificate-authority-data: (\S+)/.exec(kubeconfig) ?? [];
  const [, token = ''] = /token: (\S+)/.exec(kubeconfig) ?? [];
  const client = createClient({
    server: large.server,
    certificateAuthority: Buffer.from(certificate, 'base64').toString(),
    token,
  });
  const create = async (/** @type {string} */ path, /** @type {object} */ body) => {
    const answer = await client.send('POST', path, { body, timeout: 60_000 });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  };
  const images = Array.from({ length: 40 }, (_, index) => ({
    names: [`registry.example/team/image-${index}@sha256:${'0'.repeat(64)}`],
    sizeBytes: 100_000_000 + index,
  }));
  const nodes = makeNodes({ ...DEFAULT_NODES, count: nodeCount }, 10_250, 'v1.36.3').slice(3);
  await inTurns(nodes, (node) =>
    create('/api/v1/nodes', { ...node, status: { ...node.status, images } }),
  );
  await inTurns(Array.from({ length: podCount }), (_, index) =>
    create('/api/v1/namespaces/default/pods', podOn(`node-${(index % nodeCount) + 1}`, index)),
  );
  client.close();
}

/** @param {string} nodeName @param {number} index */
function podOn(nodeName, index) {
  const requests = { cpu: '100m', memory: '128Mi' };
  const containers = [{ name: 'main', image: 'registry.example/app:1', resources: { requests } }];
  return { metadata: { name: `pod-${index}` }, spec: { nodeName, containers } };
}

/**
 * Over as many connections as the client keeps.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T, index: number) => Promise<void>} work
 */
async function inTurns(items, work) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await work(/** @type {T} */ (items[index]), index);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

try {
  await fill();
  const few = check('small cluster', small.kubeconfig);
  const many = check('large cluster', large.kubeconfig);
  const title = `Checking on 3 nodes, and on ${nodeCount} with ${podCount} pods`;
  print(title, await compare(few, [many], { rounds }), { [many.name]: 2 });
  for (const size of ['small', 'large'])
    console.log(
      `  peak memory, ${size}: ${(Number(await readFile(`${peakFile}-${size}`, 'utf8')) / 1024).toFixed(0)} MiB  (aim: at most 100 MiB)`,
    );
} finally {
  for (const pid of Object.values(large.pids)) process.kill(pid, 'SIGCONT');
  await Promise.all([small.stop(), large.stop()]);
  await rm(directory, { recursive: true, force: true });
}
