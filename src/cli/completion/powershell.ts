import { type CompletedCommand, program, type Values } from './model.ts';

/** For a PowerShell profile: Windows PowerShell 5.1 and PowerShell 7. */
export function powershellScript(commands: readonly CompletedCommand[]): string {
  return `# PowerShell completion for ${program}
Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${commands.map(({ name, summary }) => `    ${quote(name)} = ${quote(summary)}`).join('\n')}
  }
  $flags = @{
${commands.map(({ name, flags }) => `    ${quote(name)} = [ordered]@{ ${flags.flatMap(({ names, help }) => names.map((flag) => `${quote(flag)} = ${quote(help)}`)).join('; ')} }`).join('\n')}
  }
  # After a flag, or as an operand; an empty list leaves it to PowerShell, which offers files.
  $values = @{
${commands.flatMap(valueLines).join('\n')}
  }
  $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() } | Select-Object -Skip 1)
  $command = $typed | Where-Object { $commands.Contains($_) } | Select-Object -First 1
  $key = if ($command) { $command } else { 'install' }
  $before = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
  $found = [ordered]@{}
  if ($values.ContainsKey("$key $before")) { foreach ($word in $values["$key $before"]) { $found[$word] = $word } }
  elseif ($wordToComplete.StartsWith('-')) { $found = $flags[$key] }
  elseif (-not $command) { $found = $commands }
  else { foreach ($word in $values[$key]) { $found[$word] = $word } }
  $found.Keys | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $found[$_])
  }
}
`;
}

function valueLines({ name, flags, operand }: CompletedCommand): string[] {
  return [
    ...flags.flatMap(({ names, values }) =>
      values ? names.map((flag) => `    ${quote(`${name} ${flag}`)} = ${listOf(values)}`) : [],
    ),
    `    ${quote(name)} = ${listOf(operand)}`,
  ];
}

function listOf(values: Values | undefined): string {
  return values?.kind === 'words' ? `@(${values.words.map(quote).join(', ')})` : '@()';
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
