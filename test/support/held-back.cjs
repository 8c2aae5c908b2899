// Loaded before the program (node --require): holds the second stage back until a file is there, as
// a slow disk does, so that a test can look at what the first stage does alone.
const fs = require('node:fs');

const { existsSync, readFileSync } = fs;
/** @type {any} */ (fs).readFileSync = (/** @type {any} */ path, /** @type {any} */ options) => {
  if (/dist[\\/]main\.cjs$/.test(String(path)))
    while (!existsSync(process.env.HELD_UNTIL ?? ''))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return readFileSync(path, options);
};
