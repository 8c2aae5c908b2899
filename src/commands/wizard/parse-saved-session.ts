import * as z from 'zod/mini';
import { parseSession } from '../../wizard/parse-session.ts';
import type { KeptSession } from '../../wizard/state.ts';

const fileSchema = z.looseObject({
  pid: z.number(),
  host: z.string(),
  savedAt: z.number(),
  session: z.unknown(),
});

/** Whose session a file holds, and when it was saved. */
export interface SavedSession {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
  readonly session: KeptSession;
}

/** @returns undefined for what is not a saved session, or one of another version */
export function parseSavedSession(data: unknown): SavedSession | undefined {
  const parsed = z.safeParse(fileSchema, data);
  const session = parsed.success ? parseSession(parsed.data.session) : undefined;
  return parsed.success && session ? { ...parsed.data, session } : undefined;
}
