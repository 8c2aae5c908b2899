import { environmentVariable } from '../environment-variable.ts';
import { exitCodeMeanings } from '../exit-codes.ts';
import { commandNames, commandTable, type FlagGroup } from './command-table.ts';
import type { Flag } from './flag.ts';
import { flagsOf } from './flags.ts';
import { groupTitles } from './help.ts';

/** The command line as a page of Markdown: `docs/command-line.md`, made by `npm run generate`. */
export function commandLinePage(): string {
  const groups = Object.keys(groupTitles) as FlagGroup[];
  return [
    '# Command line',
    '',
    'Made from the tables in `src/cli` by `npm run generate`.',
    '',
    '## Commands',
    '',
    '| command | what it does |',
    '| --- | --- |',
    ...commandNames.map((name) => {
      const { summary, operand } = commandTable[name];
      return `| \`${name}${operand ? ` ${operand}` : ''}\` | ${summary} |`;
    }),
    '',
    'Without a command: the wizard on a terminal, otherwise the same as `install`. Every flag is an',
    'environment variable too; a flag wins over it.',
    'There, a repeated flag has one value per line. A URL with a password is taken from its variable',
    'or from a values file, never from the argument list.',
    '',
    ...groups.flatMap(flagSection),
    '## Exit codes',
    '',
    '| code | when |',
    '| --- | --- |',
    ...exitCodeMeanings.map(({ code, meaning }) => `| ${code} | ${meaning} |`),
    '',
  ].join('\n');
}

function flagSection(group: FlagGroup): string[] {
  const commands = commandNames.filter((name) => commandTable[name].groups.includes(group));
  return [
    `## ${groupTitles[group]}`,
    '',
    `Of ${commands.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    ...flagsOf([group]).flatMap((flag, index, flags) => [
      ...tableHead(flag, flags[index - 1]),
      flagRow(flag),
    ]),
    '',
  ];
}

/** A table for each heading. */
function tableHead({ heading }: Flag, before: Flag | undefined): string[] {
  if (before && heading === before.heading) return [];
  return [
    ...(before ? [''] : []),
    ...(heading === undefined ? [] : [`### ${heading}`, '']),
    '| flag | variable | what |',
    '| --- | --- | --- |',
  ];
}

function flagRow(flag: Flag): string {
  const value = flag.kind === 'boolean' ? '' : ` ${flag.placeholder?.replaceAll('|', '\\|')}`;
  const short = flag.short ? `\`-${flag.short}\`, ` : '';
  const opposite = flag.hasOpposite ? `, \`--no-${flag.name}\`` : '';
  return `| ${short}\`--${flag.name}${value}\`${opposite} | \`${environmentVariable(flag)}\` | ${flag.help.replaceAll('<', '&lt;')} |`;
}
