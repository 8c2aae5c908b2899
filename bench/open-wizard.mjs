import { spawn } from '@lydell/node-pty';

/**
 * The wizard on a pseudo-terminal, as somebody sees it.
 * @param {string} node
 * @param {string} program
 * @param {{cwd: string, env: Record<string, string>, args?: readonly string[]}} place
 */
export function openWizard(node, program, { cwd, env, args = [] }) {
  const child = spawn(node, [program, ...args], { cols: 100, rows: 30, cwd, env });
  let output = '';
  /** @type {Set<() => void>} */
  const listeners = new Set();
  child.onData((data) => {
    output += data;
    for (const listener of [...listeners]) listener();
  });
  const ended = new Promise((resolve) => child.onExit(resolve));
  return {
    /**
     * @param {(output: string) => boolean} holds
     * @throws (rejects) where the program ends before it holds
     */
    until: (holds) =>
      new Promise((resolve, reject) => {
        const listener = () => {
          if (!holds(output)) return;
          listeners.delete(listener);
          resolve(undefined);
        };
        listeners.add(listener);
        ended.then(() => reject(new Error(`the wizard ended:\n${output}`)));
        listener();
      }),
    output: () => output,
    /** @param {string} keys */
    write: (keys) => child.write(keys),
    end: async () => {
      child.write('\u0003');
      await ended;
    },
  };
}

/** @param {string} output */
export const showsFrame = (output) => output.includes('XERV');
