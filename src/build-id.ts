/** Tells one build from another: the build puts a hash of the program here. */
export const buildId: string = 'sources';
