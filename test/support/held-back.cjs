// Loaded before the program (node --require): holds the second stage back until a file is there, as
// a slow disk does, so that a test can look at what the first stage does alone.
const { existsSync } = require('node:fs');

const nodeModule = /** @type {any} */ (require('node:module'));
const load = nodeModule._load;
/** @type {(request: string, ...rest: unknown[]) => unknown} */
nodeModule._load = (request, ...rest) => {
  if (request.endsWith('dist/main.cjs'))
    while (!existsSync(process.env.HELD_UNTIL ?? ''))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return load(request, ...rest);
};
