import { commandOf } from '../command.ts';
import { fateWords, ledgerOptions } from '../ledger-options.ts';
import { placeOf } from '../list.ts';
import type { Phase, WizardState } from '../state.ts';
import type { LedgerBody } from '../view.ts';
import { optionView } from './options.ts';
import { consentView, whyTooOld } from './review.ts';

type LedgerPhase = Extract<Phase, { name: 'ledger' }>;

/** What goes, what becomes of the data. */
export function ledgerBody(state: WizardState, phase: LedgerPhase): LedgerBody {
  const { ledger, choice, request } = phase;
  const options = ledgerOptions(ledger);
  const place = placeOf(
    choice === undefined ? state.focus : { ...state.focus, option: choice, inField: false },
    { options, preselected: 'keep', field: 'none' },
  );
  const { namespace, release } = request.draft;
  const context = state.world.target?.context ?? request.draft.context;
  const where = [...(context === undefined ? [] : [context]), `namespace ${namespace}`].join(', ');
  const draft = { ...request.draft, data: choice ?? 'keep' };
  return {
    kind: 'ledger',
    title: `Remove ${release} from ${where}?`,
    removes: ledger.removes,
    claims: ledger.claims.map(({ name, size, storageClass, owner, fate }) => ({
      name,
      size,
      storageClass,
      owner,
      fate: fateWords[fate],
    })),
    warnings: [...ledger.problems.map(({ message }) => message), ...ledger.warnings],
    options: options.map((option) => optionView(option)),
    cursor: place.index,
    consent: consentView(state),
    noConsent: whyTooOld(state),
    problem: state.focus.problem,
    command: commandOf({ draft, answers: [] }, state).text,
  };
}
