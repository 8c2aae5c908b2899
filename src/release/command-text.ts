import type { Target } from './target.ts';

/** What a command line needs of a target. */
export type CommandTarget = Pick<Target, 'context' | 'namespace' | 'release'>;

/**
 * A kubectl command that a user can paste; meets the same cluster and namespace as we do.
 * @param target with an empty namespace for what has none
 */
export function kubectlCommand(target: CommandTarget, ...args: readonly string[]): string {
  return join('kubectl', contextFlag('--context', target), namespaceFlag(target), args);
}

/** A helm command that a user can paste. */
export function helmCommand(target: CommandTarget, ...args: readonly string[]): string {
  return join('helm', args, contextFlag('--kube-context', target), ['-n', target.namespace]);
}

/** One of our own commands, for the same cluster, namespace and release. */
export function ownCommand(target: CommandTarget, ...args: readonly string[]): string {
  const release = target.release === 'xerv' ? [] : ['--release', target.release];
  return join(
    'create-xerv-deploy',
    args,
    contextFlag('--context', target),
    ['-n', target.namespace],
    release,
  );
}

/** One of our own commands that takes its target from a file, or needs none. */
export function localCommand(...args: readonly string[]): string {
  return join('create-xerv-deploy', args);
}

function namespaceFlag({ namespace }: CommandTarget): string[] {
  return namespace === '' ? [] : ['-n', namespace];
}

function contextFlag(flag: string, { context }: CommandTarget): string[] {
  return context === '' ? [] : [flag, context];
}

function join(program: string, ...parts: readonly (readonly string[])[]): string {
  return [program, ...parts.flat().map(quote)].join(' ');
}

/** As a POSIX shell needs it; words without special characters stay as they are. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
