import type { Problem } from '../errors.ts';
import { hasPassword, isSecretName } from './mask.ts';
import { getNode, leaves, type Path, type Tree } from './tree.ts';

/** A value that holds a credential in plain text. */
export interface Credential {
  readonly path: Path;
  /** A URL with a password, or an environment variable whose name says that it is secret. */
  readonly kind: 'url' | 'variable';
}

/** Every value that holds a credential in plain text; the credential itself is not given out. */
export function findCredentials(values: Tree): readonly Credential[] {
  return [...leaves(values)].flatMap(({ path, node }): Credential[] => {
    if (typeof node !== 'string' || node === '') return [];
    if (hasPassword(node)) return [{ path, kind: 'url' }];
    if (path.at(-1) !== 'value') return [];
    const name = getNode(values, [...path.slice(0, -1), 'name']);
    return typeof name === 'string' && isSecretName(name) ? [{ path, kind: 'variable' }] : [];
  });
}

/**
 * Arguments that hold a URL with a password: they are refused, because every user of the machine
 * can read the arguments of a process, and shells keep them.
 *
 * @param argv the arguments after the program's name
 */
export function findPasswordsInArguments(argv: readonly string[]): readonly Problem[] {
  return argv.flatMap((argument, index) => {
    if (!hasPassword(argument)) return [];
    const before = argv[index - 1];
    const flag = argument.startsWith('-')
      ? argument.replace(/=[\s\S]*$/, '')
      : before?.startsWith('-') && !before.includes('=')
        ? before
        : `argument ${index + 1}`;
    return [passwordInArgument(flag)];
  });
}

/** The same for values that were parsed from `--set` and its sisters, where escapes may hide it. */
export function findPasswordsInSets(
  sets: readonly { readonly flag: string; readonly values: Tree }[],
): readonly Problem[] {
  return sets
    .filter(({ flag }) => flag !== '--set-file')
    .filter(({ values }) => findCredentials(values).some(({ kind }) => kind === 'url'))
    .map(({ flag }) => passwordInArgument(flag));
}

function passwordInArgument(flag: string): Problem {
  return {
    message: 'The arguments hold a URL with a password.',
    why: 'Other users of this machine can read them, and the shell keeps them in its history.',
    next:
      'Put it into the environment variable XERV_DEPLOY_REDIS_URL or XERV_DEPLOY_NATS_URL, or into ' +
      'a values file (-f FILE, or -f - for standard input), or name an existing Secret with ' +
      '--redis-secret or --nats-secret.',
    where: flag,
  };
}
