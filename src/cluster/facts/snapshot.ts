import * as z from 'zod/mini';
import { type ClusterFacts, factSchemas, gapReasons } from './facts.ts';

/** A saved look at a cluster. The number changes when old files can no longer be read. */
export interface FactsSnapshot {
  readonly version: 1;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly target: {
    readonly context: string;
    readonly server: string;
    readonly identity: string;
    readonly namespace: string;
    readonly release: string;
  };
  readonly facts: ClusterFacts;
}

const factOf = (value: z.ZodMiniType) =>
  z.optional(
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('known'), value }),
      z.strictObject({
        state: z.literal('unknown'),
        reason: z.enum(gapReasons),
        detail: z.string(),
      }),
    ]),
  );

/** Of a snapshot read from a file. */
export const snapshotSchema = z.strictObject({
  version: z.literal(1),
  takenAt: z.string(),
  target: z.strictObject({
    context: z.string(),
    server: z.string(),
    identity: z.string(),
    namespace: z.string(),
    release: z.string(),
  }),
  facts: z.strictObject(
    Object.fromEntries(Object.entries(factSchemas).map(([name, schema]) => [name, factOf(schema)])),
  ),
});
