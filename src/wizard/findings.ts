import { type Finding, statuses } from '../checks/types.ts';
import type { List } from './list.ts';
import type { Look, WizardState } from './state.ts';

/** Findings of what is shown: of the reviewed plan, or of the choice under the cursor. */
export function findingsOf(state: WizardState): readonly Finding[] {
  if (state.phase.name === 'review') return worstFirst(state.phase.reviewed.findings);
  const look = currentLook(state);
  return look?.state === 'done' ? worstFirst(look.findings) : [];
}

/** What is worth telling unasked: without a cluster, that nobody knows is said once for all. */
export function toldFindings(state: WizardState): readonly Finding[] {
  const findings = findingsOf(state);
  return state.world.connection === 'offline'
    ? findings.filter(({ status }) => status !== 'unknown')
    : findings;
}

/** "15 need the cluster: they run at the install" */
export function needClusterText(checks: number): string {
  return checks === 1
    ? '1 needs the cluster and runs at install'
    : `${checks} need the cluster and run at install`;
}

/** The look at the values under the cursor; undefined where none has come. */
export function currentLook(state: WizardState): Look | undefined {
  return state.assumed && state.world.looks[state.assumed.key];
}

/** Whether a finding forbids to go on. */
export function isBlocking({ status, skippedBecause }: Finding): boolean {
  return status === 'fail' && skippedBecause === undefined;
}

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return statuses.flatMap((status) => findings.filter((finding) => finding.status === status));
}

/** All findings, to choose one that is explained. */
export function findingsList(state: WizardState): List {
  const options = findingsOf(state).map((finding, index) => ({
    value: String(index),
    label: `${finding.check} ${finding.status}`,
    // What it found says little where that is nothing: what it looked for does.
    description: finding.status === 'pass' ? finding.title : finding.message,
  }));
  return { options, preselected: undefined, field: 'none' };
}
