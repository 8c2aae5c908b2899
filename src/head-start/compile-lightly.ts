import { setFlagsFromString } from 'node:v8';

/** After so long, in milliseconds, there is work that is worth it: a large cluster, a rollout. */
const lightFor = 400;

/**
 * Keeps V8 from optimizing what runs in the first moments. A command runs most of its code a few
 * times only, while kubectl and helm want the other processor: of a `check` on Node 20, a fifth of
 * its processor time was spent on optimizing. Node 24 and later optimize cheaply, and go on to.
 */
export function compileLightly(): void {
  setFlagsFromString('--no-opt');
  setTimeout(() => setFlagsFromString('--opt'), lightFor).unref();
}
