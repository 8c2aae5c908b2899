import { questions } from '../questions/catalogue.ts';
import { findCredentials } from '../values/credentials.ts';
import { hasPassword, isSecretName } from '../values/mask.ts';
import { parsePath } from '../values/path.ts';
import { parseJsonText } from '../values/set-parser.ts';
import { setNode } from '../values/tree.ts';
import type { Draft } from './draft.ts';
import type { KeptSession, WizardState } from './state.ts';

/** What is kept of a state: no secret, no consent, and no wish to delete data. */
export function keptSession({ draft, focus, world }: WizardState): KeptSession {
  // By its name: by the next start the kubeconfig's current context may be another cluster's.
  const current = world.contexts.find(({ isCurrent }) => isCurrent)?.name;
  const context = draft.context ?? world.target?.context ?? current;
  return { version: 1, step: focus.step, draft: { ...cleaned(draft), context } };
}

/** A draft as far as it may be kept. */
export function cleaned(draft: Draft): Draft {
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
