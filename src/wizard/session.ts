import * as z from 'zod/mini';
import { questions } from '../questions/catalogue.ts';
import { findCredentials } from '../values/credentials.ts';
import { hasPassword, isSecretName } from '../values/mask.ts';
import { parsePath } from '../values/path.ts';
import { parseJsonText } from '../values/set-parser.ts';
import { setNode } from '../values/tree.ts';
import type { Draft, KeptSession, WizardState } from './state.ts';

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

/** What is kept of a state: no secret, no consent, and no wish to delete data. */
export function keptSession({ draft, focus }: WizardState): KeptSession {
  return { version: 1, step: focus.step, draft: cleaned(draft) };
}

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

function cleaned(draft: Draft): Draft {
  const isKept = ([id, answer]: readonly [string, string]) =>
    questions.some((question) => question.id === id) && !hasPassword(answer);
  return {
    ...draft,
    // Standard input can be read only once.
    files: draft.files.filter((path) => path !== '' && path !== '-'),
    answers: keep(draft.answers, isKept),
    edits: keep(draft.edits, isHarmlessEdit),
    data: 'keep',
  };
}

function keep(
  record: Readonly<Record<string, string>>,
  isKept: (entry: readonly [string, string]) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).filter(isKept));
}

function isHarmlessEdit([name, json]: readonly [string, string]): boolean {
  const path = parsePath(name);
  const node = parseJsonText(json);
  if (!path || node === undefined || hasPassword(json)) return false;
  if (typeof node === 'string' && node !== '' && isSecretName(String(path.at(-1)))) return false;
  try {
    return findCredentials(setNode({}, path, node)).length === 0;
  } catch {
    return false;
  }
}
