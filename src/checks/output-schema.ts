import * as z from 'zod/mini';
import { categories, statuses } from './types.ts';

const texts = z.array(z.string());

const remedy = z.strictObject({
  text: z.string(),
  command: z.optional(z.string()),
  changes: z.optional(
    z.array(
      z.strictObject({
        path: z.array(z.union([z.string(), z.int()])),
        /** Absent: the value is taken out. */
        value: z.optional(z.unknown()),
      }),
    ),
  ),
});

/** A finding, as every document has it. */
export const findingOutput = z.strictObject({
  check: z.string().check(z.regex(/^XV-\d{3}$/)),
  category: z.enum(categories),
  title: z.string(),
  status: z.enum(statuses),
  message: z.string(),
  evidence: z.optional(texts),
  remedies: z.optional(z.array(remedy)),
  skippedBecause: z.optional(z.string()),
});

/** What is looked at or changed. */
export const targetOutput = z.strictObject({
  context: z.string(),
  server: z.string(),
  identity: z.string(),
  namespace: z.string(),
  release: z.string(),
});

/**
 * The document of `check -o json`, published as docs/check-output.schema.json. Fields may be added;
 * `version` changes where one goes or means something else.
 */
export const checkOutput = z.strictObject({
  version: z.literal(1),
  target: targetOutput,
  /** RFC 3339; only where a saved look at the cluster was judged. */
  takenAt: z.optional(z.string()),
  findings: z.array(findingOutput),
});

/** The schema as a JSON schema, as text. */
export function checkOutputSchema(): string {
  const schema = z.toJSONSchema(checkOutput, { target: 'draft-07' });
  return `${JSON.stringify({ title: 'create-xerv-deploy check -o json', ...schema }, null, 2)}\n`;
}
