import type { Finding } from '../../checks/types.ts';
import { currentLook, findingsOf, toldFindings } from '../findings.ts';
import { bindingOf } from '../keys.ts';
import type { WizardState } from '../state.ts';
import { findStep } from '../steps.ts';
import type { FindingsView } from '../view.ts';

/** What the cluster says about what is shown: what is not fine, the worst first. */
export function findingsView(state: WizardState): FindingsView {
  const since = state.world.lostSince;
  if (isTypingSecret(state)) return { state: 'later', findings: [], passed: 0, needCluster: 0 };
  const findings = findingsOf(state);
  const told = toldFindings(state);
  const explainedBy = ['e', 'ctrl-e'].find((key) => bindingOf(state, key)?.action === 'explain');
  return {
    state: stateOf(state),
    ...(explainedBy === undefined ? {} : { explainedBy }),
    ...(since === undefined ? {} : { since }),
    findings: told.filter(tells),
    passed: findings.filter(({ status }) => status === 'pass').length,
    needCluster: findings.length - told.length,
  };
}

function isTypingSecret({ phase, focus }: WizardState): boolean {
  if (phase.name !== 'asking' || !focus.text) return false;
  return findStep(focus.step)?.field === 'secret';
}

function tells({ status, skippedBecause }: Finding): boolean {
  return skippedBecause !== undefined || (status !== 'pass' && status !== 'skip');
}

function stateOf(state: WizardState): FindingsView['state'] {
  if (state.phase.name === 'review') return 'known';
  const look = currentLook(state);
  if (look?.state === 'done' || look?.state === 'failed') return 'known';
  if (state.world.connection === 'lost') return 'lost';
  if (state.world.connection !== 'offline') return 'coming';
  return state.world.looksAgain ? 'awaited' : 'offline';
}
