import { spawn } from 'node:child_process';

/**
 * Times whole processes in turn, so that a ratio holds when the machine's speed drifts.
 * @typedef {{name: string, run: () => Promise<unknown>}} Contender
 * @param {Contender} baseline
 * @param {readonly Contender[]} contenders
 * @param {{rounds: number, between?: () => Promise<unknown>}} options
 * @returns {Promise<{name: string, milliseconds: number, ratio: number}[]>} medians
 */
export async function compare(baseline, contenders, { rounds, between = async () => {} }) {
  const all = [baseline, ...contenders];
  /** @type {number[][]} */
  const times = all.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, contender] of all.entries()) {
      const start = performance.now();
      await contender.run();
      // The first round warms the caches.
      if (round >= 0) times[index]?.push(performance.now() - start);
      await between();
    }
  }
  return all.map(({ name }, index) => ({
    name,
    milliseconds: median(times[index] ?? []),
    ratio: median((times[index] ?? []).map((time, round) => time / (times[0]?.[round] ?? NaN))),
  }));
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/**
 * @param {readonly number[]} numbers
 * @param {number} percent
 */
export function percentile(numbers, percent) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

/**
 * Prints a comparison as a table.
 * @param {string} title
 * @param {{name: string, milliseconds: number, ratio: number}[]} rows the first is the baseline
 * @param {Record<string, number>} [aims] the ratio aimed at, by name
 */
export function print(title, rows, aims = {}) {
  console.log(`\n${title}`);
  for (const { name, milliseconds, ratio } of rows) {
    const aim = aims[name] === undefined ? '' : `  (aim: at most ${aims[name]}x)`;
    console.log(
      `  ${name.padEnd(36)} ${milliseconds.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)}x${aim}`,
    );
  }
}

/**
 * Runs a program; its output is read and dropped.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {readonly number[]} [codes] exit codes that are no failure
 * @returns {Promise<void>}
 * @throws where it fails
 */
export function runQuietly(file, args, env = process.env, codes = [0]) {
  return new Promise((resolve, reject) => {
    // Node 20 reads the file of NODE_EXTRA_CA_CERTS at each start, longer than it takes to start.
    const child = spawn(file, args, {
      env: { ...env, NODE_EXTRA_CA_CERTS: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', () => {});
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      codes.includes(code ?? -1)
        ? resolve()
        : reject(new Error(`${file} ${args.join(' ')}: ${code}\n${output}`)),
    );
  });
}
