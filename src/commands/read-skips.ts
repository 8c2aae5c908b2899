import { catalogue } from '../checks/catalogue.ts';
import type { FlagValues } from '../cli/flag-values.ts';
import type { Problem } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { Skips } from './skips.ts';

/**
 * Reads `--skip-check ID=REASON`.
 * @param problems where an unknown id or a missing reason is told
 */
export function readSkips(flags: FlagValues, problems: Problem[]): Skips {
  const where = '--skip-check';
  const entries = flags.list('skip-check').flatMap((text): [string, string][] => {
    const [, id = '', reason = ''] = /^([^=]*)=?([\s\S]*)$/.exec(text) ?? [];
    const ids = catalogue.map((check) => check.id);
    const known = ids.find((name) => name === id.trim().toUpperCase());
    if (!known) {
      const near = suggest(id, ids);
      const message = `There is no check "${id}"${near ? `. Did you mean ${near}?` : ''}`;
      problems.push({ message, next: 'All checks: create-xerv-deploy explain', where });
    } else if (reason.trim() === '')
      problems.push({ message: `Give a reason to let ${known} pass: ${known}=REASON`, where });
    else return [[known, reason.trim()]];
    return [];
  });
  return new Map(entries);
}
