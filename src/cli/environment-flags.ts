import { environmentVariable } from '../environment-variable.ts';
import type { Problem } from '../errors.ts';
import type { Flag } from './flag.ts';

/**
 * The value of a flag from its environment variable: text as it is, a list one a line, a boolean as
 * 1, true, yes or 0, false, no. undefined where the variable is not set or empty.
 */
export function readEnvironment(
  flag: Flag,
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): (string | boolean)[] | undefined {
  const variable = environmentVariable(flag);
  const value = environment[variable];
  if (value === undefined || value === '') return undefined;
  if (flag.kind === 'list') return value.split('\n').filter((line) => line !== '');
  if (flag.kind === 'text') {
    // The value itself is not shown: it may be a URL with a password.
    if (!flag.choices || flag.choices.includes(value)) return [value];
    problems.push({
      message: `${variable} has an invalid value`,
      next: `One of: ${flag.choices.join(', ')}`,
    });
    return undefined;
  }
  if (/^(1|true|yes)$/i.test(value)) return [true];
  if (/^(0|false|no)$/i.test(value)) return [false];
  problems.push({ message: `${variable} must be true or false` });
  return undefined;
}
