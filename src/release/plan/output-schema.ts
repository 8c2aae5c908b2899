import * as z from 'zod/mini';
import { findingOutput, targetOutput } from '../../checks/output-schema.ts';
import { objectActions } from './types.ts';

const text = z.string();
const count = z.int().check(z.minimum(0));

/** A value as it may be shown: secrets are masked. */
const shown = z.optional(z.unknown());

/**
 * The document of `plan -o json`, published as docs/plan-output.schema.json. Fields may be added;
 * `version` changes where one goes or means something else.
 */
export const planOutput = z.strictObject({
  version: z.literal(1),
  action: z.enum(['install', 'upgrade']),
  target: targetOutput,
  objects: z.array(
    z.strictObject({
      /** `Kind/name`. */
      object: text,
      action: z.enum(objectActions),
      changes: z.array(
        z.strictObject({
          kind: z.enum(['added', 'removed', 'changed']),
          path: text,
          before: shown,
          after: shown,
        }),
      ),
      because: z.optional(text),
    }),
  ),
  data: z.array(
    z.strictObject({
      claim: text,
      size: text,
      fate: z.enum(['used', 'created', 'kept', 'untouched', 'deleted']),
      message: text,
    }),
  ),
  disruption: z.array(
    z.strictObject({ workload: text, restarts: count, atOnce: count, message: text }),
  ),
  steps: z.array(z.strictObject({ step: text, why: text })),
  /** What helm would be given; secrets are masked. */
  values: z.record(text, z.unknown()),
  /** Paths of values that change no object. */
  noEffect: z.array(text),
  findings: z.array(findingOutput),
});

/** The schema as a JSON schema, as text. */
export function planOutputSchema(): string {
  const schema = z.toJSONSchema(planOutput, { target: 'draft-07' });
  return `${JSON.stringify({ title: 'create-xerv-deploy plan -o json', ...schema }, null, 2)}\n`;
}
