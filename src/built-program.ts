// The build puts here what it has made of the program.

/** Tells one build from another: a hash of the program. */
export const buildId: string = 'sources';

/** Where each piece of the program begins in its file, and how long it is, in bytes. */
export const builtPieces: Readonly<Record<string, readonly [start: number, length: number]>> = {};
