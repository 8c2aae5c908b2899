// Loaded before the program (node --require): holds the second stage back until a file is there, as
// a slow disk does, so that a test can look at what the first stage does alone.
const fs = require('node:fs');

const { existsSync, openSync } = fs;
/** @type {any} */ (fs).openSync = (/** @type {any[]} */ ...given) => {
  if (/dist[\\/]program\.pack$/.test(String(given[0])))
    while (!existsSync(process.env.HELD_UNTIL ?? ''))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return /** @type {any} */ (openSync)(...given);
};
