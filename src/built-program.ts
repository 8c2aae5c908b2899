import type { Place } from './files/read-parts.ts';

// The build puts here what it has made of the program.

/** Tells one build from another: a hash of the program. */
export const buildId: string = 'sources';

/** A piece of the program in its file. */
export interface BuiltPiece {
  readonly place: Place;
  /** Whether it is packed by Brotli. */
  readonly isPacked: boolean;
}

/** The pieces of the program by their names. */
export const builtPieces: Readonly<Record<string, BuiltPiece>> = {};
