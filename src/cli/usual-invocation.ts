import { programVariables, variablePrefix } from '../environment-variable.ts';
import { type GivenFlags, readFlagValues } from './flag-values.ts';
import type { Invocation } from './invocation.ts';
import { defaultCommand } from './invocation.ts';

/** The flags that most who say something say to the wizard: what they are called, and whether they take a value. */
export const usualFlags: readonly {
  readonly name: string;
  readonly words: readonly string[];
  readonly hasValue: boolean;
}[] = [
  { name: 'kubeconfig', words: ['--kubeconfig'], hasValue: true },
  { name: 'context', words: ['--context'], hasValue: true },
  { name: 'namespace', words: ['--namespace', '-n'], hasValue: true },
  { name: 'release', words: ['--release'], hasValue: true },
  { name: 'preset', words: ['--preset'], hasValue: true },
  { name: 'values', words: ['--values', '-f'], hasValue: true },
  { name: 'resume', words: ['--resume'], hasValue: false },
  { name: 'fresh', words: ['--fresh'], hasValue: false },
];

/**
 * The invocation of most who open the wizard, read without the tables of commands and flags, which
 * take longer to load than its first frame takes to be drawn.
 * @returns undefined where anything else is said, in an argument or a XERV_DEPLOY_* variable
 */
export function usualInvocation(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation | undefined {
  if (Object.keys(environment).some(mayNameFlag)) return undefined;
  const given = readUsualFlags(args);
  return (
    given && {
      command: defaultCommand,
      commandGiven: false,
      operands: [],
      flags: readFlagValues(given),
      fromEnvironment: new Set(),
      problems: [],
    }
  );
}

/** `--name VALUE` and `--name=VALUE`; undefined where it is not only that. */
function readUsualFlags(args: readonly string[]): GivenFlags | undefined {
  const given = new Map<string, (string | boolean)[]>();
  for (let index = 0; index < args.length; index += 1) {
    const [word = '', inline] = splitOnce(args[index] ?? '');
    const flag = usualFlags.find(({ words }) => words.includes(word));
    if (!flag || (inline !== undefined && !(flag.hasValue && word.startsWith('--'))))
      return undefined;
    if (flag.hasValue && inline === undefined) index += 1;
    const value = flag.hasValue ? (inline ?? args[index]) : true;
    // A password in an address, and a flag in the place of a value, are for the tables.
    if (value === undefined || (typeof value === 'string' && /^$|^-|:\/\//.test(value)))
      return undefined;
    given.set(flag.name, [...(given.get(flag.name) ?? []), value]);
  }
  return given;
}

function splitOnce(argument: string): readonly [string, string?] {
  const place = argument.indexOf('=');
  return place === -1 ? [argument] : [argument.slice(0, place), argument.slice(place + 1)];
}

const programs: readonly string[] = Object.values(programVariables);

/** In any case of letters: Windows knows none. */
function mayNameFlag(variable: string): boolean {
  const name = variable.toUpperCase();
  return name.startsWith(variablePrefix) && !programs.includes(name);
}
