import { type CommandTarget, kubectlCommand } from '../release/command-text.ts';

/** How users make the Secret of a URL themselves: the URL stands in no argument. */
export interface SecretCommand {
  readonly text: string;
  /** Where the command reads the URL. */
  readonly from: string;
}

/** @param platform on Windows no file stands for standard input */
export function secretCommand(
  target: CommandTarget,
  { name, key }: { readonly name: string; readonly key: string },
  platform: string,
): SecretCommand {
  const [file, from] =
    platform === 'win32'
      ? ['FILE', 'in a FILE that holds nothing else, not even a newline']
      : ['/dev/stdin', 'on standard input'];
  const create = ['create', 'secret', 'generic', name, `--from-file=${key}=${file}`];
  return { text: kubectlCommand(target, ...create), from };
}
