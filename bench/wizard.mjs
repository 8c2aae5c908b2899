// How soon the wizard is there, and how soon a key is answered: node bench/wizard.mjs [ROUNDS] [NODE...]

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { root, setUp } from '../scripts/setup.mjs';
import { compare, percentile, print, runQuietly } from './measure.mjs';

const rounds = Number(process.argv[2] ?? 15);
const nodes = process.argv.length > 3 ? process.argv.slice(3) : [process.execPath];
const { helm4, kubectl } = await setUp();
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

/**
 * The wizard on a pseudo-terminal.
 * @param {string} node
 * @param {Record<string, string>} more
 */
function openWizard(node, more = {}) {
  const child = spawn(node, [program], { cols: 100, rows: 30, env: { ...env, ...more } });
  let output = '';
  /** @type {Set<() => void>} */
  const listeners = new Set();
  child.onData((data) => {
    output += data;
    for (const listener of [...listeners]) listener();
  });
  const ended = new Promise((resolve) => child.onExit(resolve));
  return {
    /** @param {(output: string) => boolean} holds */
    until: (holds) =>
      new Promise((resolve) => {
        const listener = () => {
          if (!holds(output)) return;
          listeners.delete(listener);
          resolve(undefined);
        };
        listeners.add(listener);
        listener();
      }),
    length: () => output.length,
    /** @param {string} keys */
    write: (keys) => child.write(keys),
    end: async () => {
      child.write('\u0003');
      await ended;
    },
  };
}

/** @param {string} output */
const showsFrame = (output) => output.includes('XERV');

for (const node of nodes) {
  /** @type {{end: () => Promise<unknown>} | undefined} */
  let open;
  const between = async () => {
    await open?.end();
    open = undefined;
  };
  const bare = { name: 'node -e 0', run: () => runQuietly(node, ['-e', '0']) };
  const firstFrame = {
    name: 'first frame',
    run: async () => {
      const wizard = openWizard(node);
      open = wizard;
      await wizard.until(showsFrame);
    },
  };
  /**
   * @param {string} name
   * @param {Record<string, string>} more
   */
  const keysLive = (name, more) => ({
    name,
    run: async () => {
      const wizard = openWizard(node, more);
      open = wizard;
      await wizard.until(showsFrame);
      // Typed before Ink is there: it must not be lost.
      wizard.write('?');
      await wizard.until((output) => output.includes('choose and go on'));
    },
  });
  print(
    `The wizard on ${node}`,
    await compare(
      bare,
      [
        firstFrame,
        keysLive('keys live, no caches', { NODE_DISABLE_COMPILE_CACHE: '1' }),
        keysLive('keys live', {}),
      ],
      { rounds, between },
    ),
    { 'first frame': 1.2, 'keys live, no caches': 3.6, 'keys live': 2.5 },
  );
  await holdKey(node);
}
await rm(home, { recursive: true, force: true });

/**
 * A held key: from each press to the frame that answers it.
 * @param {string} node
 */
async function holdKey(node) {
  const wizard = openWizard(node);
  await wizard.until(showsFrame);
  wizard.write('?');
  await wizard.until((output) => output.includes('choose and go on'));
  wizard.write('\u001b');
  await new Promise((resolve) => setTimeout(resolve, 500));
  /** @type {number[]} */
  const times = [];
  for (let press = 0; press < 120; press += 1) {
    const before = wizard.length();
    const start = performance.now();
    wizard.write(press % 8 < 4 ? '\u001b[B' : '\u001b[A');
    await Promise.race([
      wizard.until((output) => output.length > before),
      new Promise((resolve) => setTimeout(resolve, 200)),
    ]);
    times.push(performance.now() - start);
    // As a keyboard repeats.
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, 33 - (performance.now() - start))),
    );
  }
  await wizard.end();
  const p95 = percentile(times.slice(20), 95);
  console.log(`  held key to frame: p95 ${p95.toFixed(1)} ms  (aim: at most 16 ms)`);
}
