import type * as z from 'zod/mini';
// Types only: the schemas are needed where a snapshot is written or read, and cost time to be made.
import type { factSchemas } from './fact-schemas.ts';

export type FactName = keyof typeof factSchemas;
export type FactValue<Name extends FactName> = z.infer<(typeof factSchemas)[Name]>;

/** Why something could not be looked at. */
export const gapReasons = ['forbidden', 'timeout', 'not-served', 'no-cluster', 'failed'] as const;

/** Something about the cluster, or why it could not be seen. Absent: nobody asked. */
export type Fact<T> =
  | { readonly state: 'known'; readonly value: T }
  | {
      readonly state: 'unknown';
      readonly reason: (typeof gapReasons)[number];
      /** The server's words, without anything secret. */
      readonly detail: string;
    };

/** What was seen of the cluster; it can be saved and judged later. */
export type ClusterFacts = { readonly [Name in FactName]?: Fact<FactValue<Name>> };

export const known = <T>(value: T): Fact<T> => ({ state: 'known', value });
