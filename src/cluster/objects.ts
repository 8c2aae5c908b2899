/** The API objects that we read, as zod schemas and types. One place to import them from. */
export * from './objects/cluster.ts';
export { objectMetadata } from './objects/parts.ts';
export * from './objects/pods.ts';
export * from './objects/storage.ts';
