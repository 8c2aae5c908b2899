import type { WizardState } from '../state.ts';
import { askedSteps, findStep } from '../steps.ts';
import type { Chrome, StepMark } from '../view.ts';
import { placeNames } from './place.ts';
import { isUpgrade } from './review.ts';

/** What stands above everything: what is being done, where, and how far it has come. */
export function chromeOf(state: WizardState): Chrome {
  return { title: titleOf(state), place: placeOf(state), steps: stepMarks(state) };
}

function titleOf({ draft, phase }: WizardState): string {
  if ('request' in phase && phase.request.rollbackTo !== undefined) return 'rollback';
  if (isUpgrade(phase)) return 'upgrade';
  switch (draft.intent) {
    case 'change':
      return 'upgrade';
    case 'uninstall':
      return 'uninstall';
    default:
      return 'install';
  }
}

function placeOf({ draft, world }: WizardState): readonly string[] {
  const current = world.contexts.find(({ isCurrent }) => isCurrent)?.name;
  const { namespace, release } = draft;
  const context = world.target?.context ?? draft.context ?? current;
  const { lostSince } = world;
  return placeNames({ context, lostSince, namespace, release, version: versionOf(world) });
}

function versionOf({ connection, kubernetes }: WizardState['world']): string {
  if (connection === 'offline') return 'no cluster';
  return `Kubernetes ${kubernetes ?? '…'}`;
}

function stepMarks(state: WizardState): readonly StepMark[] {
  const { phase, draft } = state;
  const labels = [...new Set(askedSteps(state).map(({ label }) => label))];
  const last = draft.intent === 'uninstall' ? 'Consent' : 'Review';
  const here = phase.name === 'asking' ? findStep(state.focus.step)?.label : last;
  const all = [...labels, last];
  const place = all.indexOf(here ?? last);
  const isOver = phase.name === 'applying' || phase.name === 'ended' || phase.name === 'left';
  return all.map((label, index) => ({
    label,
    state: isOver || index < place ? 'done' : index === place ? 'current' : 'open',
  }));
}
