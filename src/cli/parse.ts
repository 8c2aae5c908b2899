import { parseArgs } from 'node:util';
import type { Problem } from '../errors.ts';
import { suggest } from '../suggest.ts';
import { findPasswordsInArguments } from '../values/credentials.ts';
import { type CommandName, commandNames, commandTable } from './command-table.ts';
import { readEnvironment } from './environment-flags.ts';
import type { Flag } from './flag.ts';
import { flagTable } from './flag-table.ts';
import { readFlagValues } from './flag-values.ts';
import { flagsOf } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { defaultCommand } from './invocation.ts';

/**
 * Reads the argument list (without node and script) and the XERV_DEPLOY_* variables. An argument
 * wins over a variable. Never throws: what is wrong stands in `problems`.
 */
export function parseInvocation(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation {
  const problems: Problem[] = [...findPasswordsInArguments(args)];
  const tokens = readTokens(args);
  // What follows a flag that does not exist is most likely its value, and no command or operand.
  const unknown = tokens.filter(
    (token) =>
      token.kind === 'option' &&
      token.value === undefined &&
      !flagTable.some(({ name }) => token.name === name || token.name === `no-${name}`),
  );
  const positionals = tokens.filter(
    (token) =>
      token.kind === 'positional' && !unknown.some(({ index }) => index === token.index - 1),
  ) as readonly { readonly value: string }[];
  const word = positionals[0]?.value;
  const command = readCommand(word, problems);
  const flags = flagsOf(commandTable[command].groups);

  const given = new Map<string, (string | boolean)[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const value = readToken(token, flags, command, problems);
    if (value) given.set(value.name, [...(given.get(value.name) ?? []), value.value]);
  }
  const fromEnvironment = new Set<string>();
  for (const flag of flags) {
    if (given.has(flag.name)) continue;
    const values = readEnvironment(flag, environment, problems);
    if (values === undefined) continue;
    given.set(flag.name, values);
    fromEnvironment.add(flag.name);
  }
  const operands = positionals.slice(1).map((token) => token.value);
  const allowed = commandTable[command].operand ? 1 : 0;
  for (const operand of operands.slice(allowed))
    problems.push({
      message: `${command} takes no argument "${operand}"`,
      // helm names the release there.
      next: flags.some(({ name }) => name === 'release')
        ? `A release is named with --release ${operand}, a namespace with -n NAMESPACE.`
        : `All flags: create-xerv-deploy ${command} --help`,
    });
  return {
    command,
    commandGiven: word !== undefined,
    operands,
    flags: readFlagValues(given),
    fromEnvironment,
    problems,
  };
}

function readTokens(args: readonly string[]) {
  // Node loads its parser where it is first asked for; most often the wizard is opened without a word.
  if (args.length === 0) return [];
  return parseArgs({
    args: [...args],
    options: parserOptions(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function readCommand(word: string | undefined, problems: Problem[]): CommandName {
  if (word === undefined) return defaultCommand;
  const command = commandNames.find((name) => name === word);
  if (command) return command;
  const near = suggest(word, commandNames);
  problems.push({
    message: `There is no command "${word}"${near ? `. Did you mean ${near}?` : ''}`,
    next: `The commands: ${commandNames.join(', ')}`,
  });
  return defaultCommand;
}

type OptionToken = {
  readonly rawName: string;
  readonly name: string;
  readonly value?: string | undefined;
};

function readToken(
  token: OptionToken,
  flags: readonly Flag[],
  command: CommandName,
  problems: Problem[],
): { name: string; value: string | boolean } | undefined {
  const flag = flags.find((candidate) => candidate.name === token.name);
  const negated = flags.find(
    (candidate) => candidate.kind === 'boolean' && `no-${candidate.name}` === token.name,
  );
  if (!flag && negated && token.value === undefined) return { name: negated.name, value: false };
  if (!flag) {
    problems.push(describeUnknown(token, flags, command));
    return undefined;
  }
  if (flag.kind === 'boolean') {
    if (token.value === undefined) return { name: flag.name, value: true };
    if (token.value === 'true' || token.value === 'false')
      return { name: flag.name, value: token.value === 'true' };
    problems.push({ message: `--${flag.name} takes no value` });
    return undefined;
  }
  if (token.value === undefined) {
    problems.push({ message: `--${flag.name} needs a value: --${flag.name} ${flag.placeholder}` });
    return undefined;
  }
  const problem = checkChoice(flag, token.value, `--${flag.name}`);
  if (problem) problems.push(problem);
  return problem ? undefined : { name: flag.name, value: token.value };
}

/** What is wrong with a value of a flag that allows only some. */
export function checkChoice(flag: Flag, value: string, where: string): Problem | undefined {
  if (!flag.choices || flag.choices.includes(value)) return undefined;
  const near = suggest(value, flag.choices);
  return {
    message: `${where} cannot be "${value}"${near ? `. Did you mean ${near}?` : ''}`,
    next: `One of: ${flag.choices.join(', ')}`,
  };
}

function describeUnknown(
  token: OptionToken,
  flags: readonly Flag[],
  command: CommandName,
): Problem {
  const elsewhere = flagTable.filter((flag) => flag.name === token.name);
  if (elsewhere.length > 0) {
    const commands = commandNames.filter((name) =>
      elsewhere.some(({ group }) => commandTable[name].groups.includes(group)),
    );
    return { message: `${command} has no ${token.rawName}; it belongs to ${commands.join(', ')}` };
  }
  const near = suggest(
    token.name,
    flags.map((flag) => flag.name),
  );
  return {
    message: `There is no flag ${token.rawName}${near ? `. Did you mean --${near}?` : ''}`,
    next: `All flags: create-xerv-deploy ${command} --help`,
  };
}

function parserOptions() {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string; multiple: true }> =
    {};
  for (const flag of flagTable) {
    options[flag.name] = {
      type: flag.kind === 'boolean' ? 'boolean' : 'string',
      multiple: true,
      ...(flag.short ? { short: flag.short } : {}),
    };
  }
  return options;
}
