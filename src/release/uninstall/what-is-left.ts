import { ownCommand } from '../command-text.ts';
import { namespaceEnding, ownClaims, type UninstallPlan } from '../plan-uninstall.ts';
import type { Deletion } from './delete-claims.ts';
import type { UninstallOptions } from './options.ts';

/** What became of the data where it was broken off. */
export function describeDeletions(deletions: readonly Deletion[]): string {
  if (deletions.length === 0) return 'No claim was deleted.';
  const left = deletions.filter(({ fate }) => fate !== 'gone');
  return left.length === 0 ? 'All of its claims are deleted.' : describeLeft(left);
}

/** Which claims are there still, or perhaps. */
export function describeLeft(left: readonly Deletion[]): string {
  const names = (wanted: Deletion['fate']) =>
    left.flatMap(({ entry, fate }) => (fate === wanted ? [entry.name] : [])).join(', ');
  return [
    ...(names('there') ? [`Still there: ${names('there')}.`] : []),
    ...(names('unknown') ? [`Possibly still there: ${names('unknown')}.`] : []),
  ].join(' ');
}

/** The command that goes on with an uninstall that did not end. */
export function again({ target }: UninstallPlan, { deleteData: goes }: UninstallOptions): string {
  return `To finish: ${ownCommand(target, 'uninstall', goes ? '--delete-data' : '--keep-data')}`;
}

/** Of the data while pods still run. */
export function stateUnderPods(
  { namespaceEnds, target }: UninstallPlan,
  { deleteData: goes }: UninstallOptions,
): string {
  if (namespaceEnds) return namespaceEnding(target, []);
  return goes
    ? 'All data is still there: no claim is deleted under a pod.'
    : 'All data is still there.';
}

/** What is there once all of it was done. */
export function finalState(plan: UninstallPlan, { deleteData: goes }: UninstallOptions): string {
  if (plan.namespaceEnds) return namespaceEnding(plan.target, []);
  const kept = goes ? [] : ownClaims(plan);
  const namespace = `Namespace ${plan.target.namespace} stays.`;
  return kept.length > 0
    ? `The data is kept in ${kept.map(({ name }) => name).join(', ')}. ${namespace}`
    : namespace;
}

/** What can be done with data that was kept. */
export function nextSteps(plan: UninstallPlan, { deleteData: goes }: UninstallOptions): string[] {
  if (goes || plan.namespaceEnds || ownClaims(plan).length === 0) return [];
  return [
    `Install again on the kept data, with the values it had: ${ownCommand(plan.target, 'install', '--values', 'FILE')}`,
    `Delete the data: ${ownCommand(plan.target, 'uninstall', '--delete-data')}`,
  ];
}
