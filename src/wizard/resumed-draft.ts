import type { Draft } from './draft.ts';

/**
 * A kept draft to go on with. What this invocation says is the newer word: its flags win, each over
 * what was answered to the same.
 */
export function resumedDraft(kept: Draft, given: Draft): Draft {
  const startsAnew = given.presets.length > 0 || given.files.length > 0 || given.resetValues;
  const { presets, files, resetValues } = startsAnew ? given : kept;
  return {
    ...kept,
    context: kept.context ?? given.context,
    presets,
    files,
    resetValues,
    answers: { ...kept.answers, ...given.answers },
    edits: { ...kept.edits, ...given.edits },
    skips: { ...kept.skips, ...given.skips },
  };
}
