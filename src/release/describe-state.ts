import type { Release, ReleaseHistory } from '../cluster/types.ts';
import { type CommandTarget, helmCommand, ownCommand } from './command-text.ts';
import { noneKnown, ranBefore } from './known-to-run.ts';

/** Whether helm has written nothing since the plan was made. */
export function isUntouched(
  history: ReleaseHistory | undefined,
  live: Release | undefined,
): boolean {
  return history?.newest.revision === live?.revision && history?.newest.status === live?.status;
}

/**
 * What state helm's record says the release is in, one or two sentences.
 * @param ran the newest revision that is known to have run; without it, what the record says
 */
export function describeState(
  history: ReleaseHistory | undefined,
  target: CommandTarget,
  ran = history && ranBefore(history),
): string {
  if (!history) return `There is no release ${target.release} in namespace ${target.namespace}.`;
  const { newest } = history;
  const name = `Release ${target.release}`;
  const earlier =
    ran !== undefined && ran !== newest.revision
      ? `Revision ${ran} ran before (to go back: ${helmCommand(target, 'rollback', target.release, String(ran))}).`
      : noneKnown(newest);
  const rollback = earlier ? ` ${earlier}` : '';
  switch (newest.status) {
    case 'deployed':
      return `${name} is deployed at revision ${newest.revision}.`;
    case 'failed':
      return `${name} is marked failed at revision ${newest.revision}; some of its objects may have been changed.${rollback}`;
    case 'uninstalling':
      return `${name} is half removed (to finish: ${ownCommand(target, 'uninstall')}).`;
    case 'uninstalled':
      return `${name} is uninstalled.`;
    default:
      return `${name} is ${newest.status} at revision ${newest.revision}.${rollback}`;
  }
}
