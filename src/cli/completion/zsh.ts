import { type CompletedCommand, type CompletedFlag, program, type Values } from './model.ts';

/** For a file `_create-xerv-deploy` in $fpath, and for `source <(…)` after compinit. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef ${program}
_create-xerv-deploy() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
  )
  local command index
  for ((index = 2; index < CURRENT; index++)); do
    case $words[index] in
      ${commands.map(({ name }) => name).join('|')}) command=$words[index]; break ;;
    esac
  done
  if [[ -z $command && $words[CURRENT] != -* && $words[CURRENT-1] != -* ]]; then
    _describe command commands
    return
  fi
  # The command itself is no operand of _arguments.
  [[ -n $command ]] && words[index]=() && ((CURRENT--))
  case \${command:-install} in
${commands.map(describeCommand).join('\n')}
  esac
}
if [[ $funcstack[1] == _create-xerv-deploy ]]; then
  _create-xerv-deploy "$@"
else
  compdef _create-xerv-deploy ${program}
fi
`;
}

function describeCommand({ name, flags, operand }: CompletedCommand): string {
  const specs = [
    ...flags.flatMap(flagSpecs),
    ...(operand ? [quote(`1:${name}:${actionOf(operand)}`)] : []),
  ];
  return `    ${name})\n      _arguments ${specs.join(' \\\n        ')} ;;`;
}

function flagSpecs({ names, help, values, placeholder, mayRepeat }: CompletedFlag): string[] {
  const others = mayRepeat ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const value = values ? `:${escaped(placeholder)}:${actionOf(values)}` : '';
  return names.map((name) => {
    // A long flag takes its value after a space or "=".
    const equals = values && name.startsWith('--') ? '=' : '';
    return quote(`${others}${name}${equals}[${escaped(help)}]${value}`);
  });
}

function actionOf(values: Values): string {
  if (values.kind === 'file') return '_files';
  return values.kind === 'free' ? ' ' : `(${values.words.join(' ')})`;
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
