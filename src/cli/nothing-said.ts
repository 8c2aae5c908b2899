import { programVariables, variablePrefix } from '../environment-variable.ts';
import { readFlagValues } from './flag-values.ts';
import type { Invocation } from './invocation.ts';
import { defaultCommand } from './invocation.ts';

/**
 * The invocation of most who open the wizard, read without the tables of commands and flags, which
 * take longer to load than its first frame takes to be drawn.
 * @returns undefined where something is said, in an argument or a XERV_DEPLOY_* variable
 */
export function nothingSaid(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation | undefined {
  if (args.length > 0 || Object.keys(environment).some(mayNameFlag)) return undefined;
  return {
    command: defaultCommand,
    commandGiven: false,
    operands: [],
    flags: readFlagValues(new Map()),
    fromEnvironment: new Set(),
    problems: [],
  };
}

const programs: readonly string[] = Object.values(programVariables);

/** In any case of letters: Windows knows none. */
function mayNameFlag(variable: string): boolean {
  const name = variable.toUpperCase();
  return name.startsWith(variablePrefix) && !programs.includes(name);
}
