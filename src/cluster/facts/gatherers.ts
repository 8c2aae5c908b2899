import type { Gatherers } from './gather.ts';

/** How each part of the cluster is looked at. */
export const clusterGatherers: Gatherers = {
  server: async () => (await import('./parts/server.ts')).gatherServer,
  storageClasses: async () => (await import('./parts/storage-classes.ts')).gatherStorageClasses,
};
