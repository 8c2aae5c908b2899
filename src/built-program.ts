import type { Place } from './files/read-parts.ts';

// The build puts here what it has made of the program.

/** Tells one build from another: a hash of the program. */
export const buildId: string = 'sources';

/** Where each piece of the program lies in its file. */
export const builtPieces: Readonly<Record<string, Place>> = {};
