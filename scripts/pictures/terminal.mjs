import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { toSvg } from './svg.mjs';

const columns = 80;
const rows = 24;
const patience = 120_000;

/**
 * A program on a pseudo-terminal, of whose screen pictures can be taken.
 * @param {readonly [string, ...string[]]} command
 * @param {{directory: string, env: Record<string, string>}} options
 * @returns picture: waits until the screen matches, and gives it as SVG; it throws with the screen
 *   where that takes too long. Every frame is looked at, also one that passes quickly.
 */
export function openTerminal([file, ...args], { directory, env }) {
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = spawn(file, args, {
    cols: columns,
    rows,
    cwd: directory,
    env: { TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
  });
  /** @type {Set<() => void>} */
  const watchers = new Set();
  child.onData((data) => {
    emulator.write(data, () => {
      for (const look of [...watchers]) look();
    });
  });
  const screen = () => {
    const { active } = emulator.buffer;
    return Array.from({ length: rows }, (_, row) =>
      (active.getLine(active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
    ).join('\n');
  };
  return {
    /** @param {string} keys */
    write: (keys) => child.write(keys),
    ended: new Promise((resolve) => child.onExit(resolve)),
    /**
     * @param {RegExp} pattern
     * @param {string} title
     * @returns {Promise<string>}
     */
    picture: (pattern, title) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`no ${pattern} on the screen:\n${screen()}`));
        }, patience);
        const look = () => {
          if (!pattern.test(screen())) return;
          clearTimeout(timer);
          watchers.delete(look);
          // What was done before stays above the wizard's frame.
          const first = Math.max(
            0,
            screen()
              .split('\n')
              .findIndex((line) => line.startsWith(' XERV')),
          );
          resolve(toSvg(emulator, { title, first, steady }));
        };
        watchers.add(look);
        look();
      }),
  };
}

/**
 * What differs in each run, and says nothing: ports, which node a pod came to, how old it is. All
 * of the same length, so that nothing moves.
 * @param {string} line
 */
export function steady(line) {
  return line
    .replace(/127\.0\.0\.1:\d+/, (all) => '127.0.0.1:6443'.padEnd(all.length))
    .replace(/(xerv-(\d).*node-)\d/, (_, before, pod) => `${before}${Number(pod) + 1}`)
    .replace(/ \d+s( *)$/, (all, after) => `${' 2s'.padStart(all.length - after.length)}${after}`)
    .replace(/\d:\d\d, watched/, '0:02, watched');
}
