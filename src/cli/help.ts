import { exitCodeMeanings } from '../exit-codes.ts';
import { type CommandName, commandNames, commandTable, type FlagGroup } from './command-table.ts';
import type { Flag } from './flag.ts';
import { flagsOf, flagText } from './flags.ts';

/** What the flags of a group have in common. */
export const groupTitles: Readonly<Record<FlagGroup, string>> = {
  target: 'Where',
  values: 'Values, weakest first: live (upgrade) < preset < file < the flags below < --set',
  questions: 'Common choices',
  apply: 'Consent',
  rollout: 'Watching',
  uninstall: 'Data',
  structured: 'Output',
  render: 'Rendering',
  checks: 'Checks',
  judging: 'What is checked',
  findings: 'Output',
  base: 'If a release is already running',
  planning: 'Plan',
  planned: 'A saved plan',
  wizard: 'The wizard (on a terminal, without a command or for an uninstall)',
  screen: 'Screen',
};

/** The help of the program (key '') and of each command; written to dist/texts.json at build time. */
export function helpTexts(): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ['', programHelp()],
    ...commandNames.map((name) => [name, commandHelp(name)]),
  ]);
}

function programHelp(): string {
  return [
    'Deploys XERV, the workflow orchestration platform, on Kubernetes.',
    '',
    'Usage: create-xerv-deploy [COMMAND] [FLAGS]',
    '',
    'Commands:',
    ...commandNames.map((name) => `  ${name.padEnd(11)}${commandTable[name].summary}`),
    '',
    'Without a command: the wizard on a terminal, otherwise the same as install.',
    'Flags of a command: create-xerv-deploy COMMAND --help',
    '',
    'Every flag is also an environment variable: --storage-size is XERV_DEPLOY_STORAGE_SIZE.',
    'A URL with a password is taken from its variable or from a values file, never from a flag.',
    '',
    'Exit codes:',
    ...exitCodeMeanings.map(({ code, meaning }) => `  ${String(code).padEnd(5)}${meaning}`),
    '',
  ].join('\n');
}

function commandHelp(name: CommandName): string {
  const command = commandTable[name];
  const operand = command.operand ? ` ${command.operand}` : '';
  const summary = `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`;
  return [
    summary,
    '',
    `Usage: create-xerv-deploy ${name}${operand} [FLAGS]`,
    '',
    ...command.groups.flatMap((group) => [
      `${groupTitles[group]}:`,
      ...flagsOf([group]).flatMap((flag, index, flags) => [
        ...describeHeading(flag, flags[index - 1]),
        ...describeFlag(flag),
      ]),
      '',
    ]),
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

const helpColumn = 32;

/** The heading, where it is another one than that of the flag before. */
function describeHeading({ heading }: Flag, before: Flag | undefined): string[] {
  return heading === undefined || heading === before?.heading ? [] : [`   ${heading}`];
}

function describeFlag(flag: Flag): string[] {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  const value = flag.kind === 'boolean' ? '' : ` ${flag.placeholder}`;
  const left = `  ${short}${flagText(flag)}${value}`;
  if (left.length < helpColumn) return [`${left.padEnd(helpColumn)}${flag.help}`];
  return [left, `${' '.repeat(helpColumn)}${flag.help}`];
}
