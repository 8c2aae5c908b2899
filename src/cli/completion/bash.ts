import { type CompletedCommand, program, type Values } from './model.ts';

/** For bash 3.2 (which macOS has) and newer; needs no bash-completion. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  return `# bash completion for ${program}
_create_xerv_deploy() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local command= words= index IFS=$' \\t\\n'
  COMPREPLY=()
  # bash takes --flag=value apart at the sign.
  if [[ $word == "=" ]]; then word=
  elif [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      ${names.join('|')}) command="\${COMP_WORDS[index]}"; break ;;
    esac
  done
  case "\${command:-install}:$before" in
${valueCases(commands).join('\n')}
  esac
  if [[ $word == -* ]]; then
    case "\${command:-install}" in
${commands.map(({ name, flags }) => `      ${name}) words="${flags.flatMap((flag) => flag.names).join(' ')}" ;;`).join('\n')}
    esac
  elif [[ -z $command ]]; then
    words="${names.join(' ')}"
  else
    case "$command" in
${commands.flatMap(({ name, operand }) => (operand?.kind === 'words' ? [`      ${name}) words="${operand.words.join(' ')}" ;;`] : [])).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
_create_xerv_deploy_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$1"))
  # Not in bash 3.2.
  compopt -o filenames 2>/dev/null
  return 0
}
complete -F _create_xerv_deploy ${program}
`;
}

/** What comes after a flag, one case for all flags with the same values. */
function valueCases(commands: readonly CompletedCommand[]): string[] {
  const patterns = new Map<string, string[]>();
  for (const { name, flags } of commands)
    for (const { names, values } of flags) {
      if (!values) continue;
      const action = actionOf(values);
      const known = patterns.get(action) ?? [];
      patterns.set(action, [...known, ...names.map((flag) => `${name}:${flag}`)]);
    }
  return [...patterns].map(([action, cases]) => `    ${cases.join('|')}) ${action} ;;`);
}

function actionOf(values: Values): string {
  if (values.kind === 'file') return '_create_xerv_deploy_files "$word"; return';
  if (values.kind === 'free') return 'return';
  return `COMPREPLY=($(compgen -W "${values.words.join(' ')}" -- "$word")); return`;
}
