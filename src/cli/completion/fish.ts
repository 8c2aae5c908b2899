import { type CompletedCommand, type CompletedFlag, program } from './model.ts';

/** For ~/.config/fish/completions/create-xerv-deploy.fish, and for `… | source`. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const isNone = `not __fish_seen_subcommand_from ${names}`;
  return `# fish completion for ${program}
complete -c ${program} -f
${commands
  .flatMap(({ name, summary, flags, operand }) => {
    const seen = `__fish_seen_subcommand_from ${name}`;
    // Without a command: install.
    const when = name === 'install' ? `${isNone}; or ${seen}` : seen;
    return [
      `complete -c ${program} -n '${isNone}' -a ${name} -d ${quote(summary)}`,
      ...flags.flatMap((flag) => flagLines(when, flag)),
      ...(operand?.kind === 'words'
        ? [`complete -c ${program} -n '${seen}' -a ${quote(operand.words.join(' '))}`]
        : []),
    ];
  })
  .join('\n')}
`;
}

function flagLines(when: string, { names, help, values }: CompletedFlag): string[] {
  const short = names.find((name) => !name.startsWith('--'));
  return names
    .filter((name) => name.startsWith('--'))
    .map((name) =>
      [
        `complete -c ${program} -n ${quote(when)} -l ${name.slice(2)}`,
        ...(short ? [`-s ${short.slice(1)}`] : []),
        ...(values?.kind === 'file' ? ['-r -F'] : []),
        ...(values?.kind === 'free' ? ['-x'] : []),
        ...(values?.kind === 'words' ? [`-x -a ${quote(values.words.join(' '))}`] : []),
        `-d ${quote(help)}`,
      ].join(' '),
    );
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
