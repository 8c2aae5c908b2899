// How soon the wizard is there, how soon a key is answered, and how soon it knows the cluster:
// node bench/wizard.mjs [ROUNDS] [NODE...]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNode, supportedNodeVersions } from '../scripts/node-versions.mjs';
import { root, setUp, setUpControlPlane } from '../scripts/setup.mjs';
import { startControlPlane } from '../test/cluster/control-plane/start.mjs';
import { compare, percentile, print, runQuietly } from './measure.mjs';
import { openWizard, showsFrame } from './open-wizard.mjs';

const rounds = Number(process.argv[2] ?? 15);
const { helm4, kubectl } = await setUp();
const nodes =
  process.argv.length > 3
    ? process.argv.slice(3)
    : await Promise.all(supportedNodeVersions.map((version) => ensureNode(version)));
const program = join(root, 'bin/create-xerv-deploy.js');
const home = await mkdtemp(join(tmpdir(), 'xerv-bench-'));
const env = {
  PATH: process.env.PATH ?? '',
  HOME: home,
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
  KUBECONFIG: join(home, 'none'),
  XERV_DEPLOY_HELM: helm4,
  XERV_DEPLOY_KUBECTL: kubectl,
};
/** All that Node and the program may keep between two runs. */
const withoutCaches = { NODE_DISABLE_COMPILE_CACHE: '1' };
/** What most who say something say. */
const usualWords = ['--context', 'dev', '--namespace', 'demo', '--preset', 'redis'];

try {
  for (const node of nodes) {
    await measureStart(node);
    await measureHeldKey(node);
  }
  await measureFacts();
} finally {
  await rm(home, { recursive: true, force: true });
}

/**
 * @param {string} node
 * @param {Record<string, string>} [more]
 * @param {readonly string[]} [args]
 */
function open(node, more = {}, args = []) {
  return openWizard(node, program, { cwd: home, env: { ...env, ...more }, args });
}

/**
 * From the start of the process to the first frame, and to the answer to a key.
 * @param {string} node
 */
async function measureStart(node) {
  /** @type {{end: () => Promise<unknown>} | undefined} */
  let wizard;
  const between = async () => {
    await wizard?.end();
    wizard = undefined;
  };
  /**
   * @param {string} name
   * @param {boolean} answers
   * @param {Record<string, string>} more
   * @param {readonly string[]} [args]
   */
  const contender = (name, answers, more, args) => ({
    name,
    run: async () => {
      const opened = open(node, more, args);
      wizard = opened;
      await opened.until(showsFrame);
      if (!answers) return;
      // Typed before Ink is there: it must not be lost.
      opened.write('?');
      await opened.until(showsHelp);
    },
  });
  print(
    `The wizard on ${node}`,
    await compare(
      { name: 'node -e 0', run: () => runQuietly(node, ['-e', '0']) },
      [
        contender('first frame, first run', false, withoutCaches),
        contender('first frame', false, {}),
        contender('first frame, with flags', false, {}, usualWords),
        contender('keys live, first run', true, withoutCaches),
        contender('keys live', true, {}),
      ],
      { rounds, between },
    ),
    {
      'first frame, first run': 1.2,
      'first frame': 1.2,
      'first frame, with flags': 1.2,
      'keys live, first run': 3.6,
      'keys live': 2.5,
    },
  );
}

/** @param {string} output */
function showsHelp(output) {
  return output.includes('choose and go on');
}

/**
 * A held key: from each press to the frame that answers it.
 * @param {string} node
 */
async function measureHeldKey(node) {
  const wizard = open(node);
  await wizard.until(showsFrame);
  wizard.write('?');
  await wizard.until(showsHelp);
  wizard.write('\u001b');
  await sleep(500);
  /** @type {number[]} */
  const times = [];
  for (let press = 0; press < 140; press += 1) {
    const before = chosen(wizard.output());
    const start = performance.now();
    wizard.write(press % 8 < 4 ? '\u001b[B' : '\u001b[A');
    await wizard.until((output) => chosen(output) !== before);
    times.push(performance.now() - start);
    // As a keyboard repeats.
    await sleep(Math.max(0, 33 - (performance.now() - start)));
  }
  await wizard.end();
  // The first ones run code for the first time.
  const warm = times.slice(20);
  const [middle, p95] = [50, 95].map((percent) => percentile(warm, percent).toFixed(1));
  console.log(`  held key to frame: median ${middle} ms, p95 ${p95} ms  (aim: p95 at most 16 ms)`);
}

/**
 * What stands under the cursor in the last frame that is complete.
 * @param {string} output
 */
function chosen(output) {
  const end = output.lastIndexOf('\u001b[?2026l');
  const cursor = output.lastIndexOf('❯', end);
  return output.slice(cursor, cursor + 40);
}

/** From the first frame to what only the cluster knows: its version, in the first line. */
async function measureFacts() {
  const built = await setUpControlPlane();
  if ('unusable' in built) {
    console.log(`\nThe cluster's facts were not measured: ${built.unusable}`);
    return;
  }
  const controlPlane = await startControlPlane({
    ...built,
    directory: join(home, 'cluster'),
    profile: 'playground',
  });
  const onCluster = { ...env, KUBECONFIG: controlPlane.kubeconfig };
  /** @type {number[]} */
  const ratios = [];
  /** @type {number[]} */
  const times = [];
  try {
    for (let round = -1; round < rounds; round += 1) {
      const start = performance.now();
      await runQuietly(kubectl, ['version'], onCluster);
      const baseline = performance.now() - start;
      const wizard = open(process.execPath, onCluster);
      await wizard.until(showsFrame);
      const frame = performance.now();
      await wizard.until((output) => /Kubernetes \d/.test(output));
      const time = performance.now() - frame;
      await wizard.end();
      if (round < 0) continue;
      times.push(time);
      ratios.push(time / baseline);
    }
  } finally {
    await controlPlane.stop();
  }
  print(
    'From the first frame to the facts',
    [
      { name: 'kubectl version', milliseconds: middleOf(times) / middleOf(ratios), ratio: 1 },
      { name: 'facts on the screen', milliseconds: middleOf(times), ratio: middleOf(ratios) },
    ],
    { 'facts on the screen': 3 },
  );
}

/** @param {readonly number[]} numbers */
function middleOf(numbers) {
  return percentile(numbers, 50);
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
