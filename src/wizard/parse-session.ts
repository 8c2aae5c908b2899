import * as z from 'zod/mini';
import { cleaned } from './session.ts';
import type { KeptSession } from './state.ts';

const texts = z.record(z.string(), z.string());

/** A session as it is kept. The number changes when old ones can no longer be read. */
const sessionSchema = z.strictObject({
  version: z.literal(1),
  step: z.string(),
  draft: z.strictObject({
    intent: z.optional(z.enum(['install', 'change', 'uninstall'])),
    context: z.optional(z.string()),
    namespace: z.string(),
    release: z.string(),
    presets: z.array(z.string()),
    files: z.array(z.string()),
    resetValues: z.boolean(),
    answers: texts,
    edits: texts,
    skips: texts,
    data: z.enum(['keep', 'delete']),
  }),
});

/**
 * Reads what was kept. Questions that there are no longer are dropped.
 * @returns undefined where it is not a session, or one of another version
 */
export function parseSession(kept: unknown): KeptSession | undefined {
  const parsed = z.safeParse(sessionSchema, kept);
  if (!parsed.success) return undefined;
  const { version, step, draft } = parsed.data;
  const { intent, context } = draft;
  return { version, step, draft: cleaned({ ...draft, intent, context }) };
}
