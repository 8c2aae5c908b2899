import type { WizardState } from './state.ts';

/** How a diagnosis marks the log lines among its evidence. */
const mark = 'log: ';

/** The last log lines of what failed, as far as the diagnoses quote them; secrets are masked there. */
export function quotedLogs({ phase }: Pick<WizardState, 'phase'>) {
  if (phase.name !== 'ended') return [];
  return phase.outcome.diagnoses.flatMap(({ object, evidence }) => {
    const lines = evidence
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(mark.length));
    return lines.length === 0 ? [] : [{ object, lines }];
  });
}
