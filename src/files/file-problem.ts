import type { Problem } from '../errors.ts';

/** Why an operation on a file failed, by the code of the system call; the same on every system. */
const reasons: Readonly<Record<string, { readonly why: string; readonly next?: string }>> = {
  ENOENT: {
    why: 'It does not exist.',
    next: 'Check the path; it is relative to the current directory.',
  },
  ENOTDIR: { why: 'A part of the path is a file, not a directory.' },
  EISDIR: { why: 'It is a directory, not a file.', next: 'Name a file inside it.' },
  EACCES: { why: 'You have no permission.', next: 'Check its owner and mode.' },
  EPERM: { why: 'The system does not allow it.', next: 'Check its owner, mode and attributes.' },
  EROFS: { why: 'The file system is read-only.', next: 'Choose another place.' },
  ENOSPC: { why: 'The disk is full.', next: 'Free some space or choose another place.' },
  EDQUOT: { why: 'Your disk quota is used up.', next: 'Free some space or choose another place.' },
  ELOOP: { why: 'It is a symbolic link that leads back to itself.' },
  ENAMETOOLONG: { why: 'The path is too long for this system.' },
  EMFILE: { why: 'Too many files are open.', next: 'Raise the limit (ulimit -n).' },
};

/**
 * A failed operation on a file in a user's words.
 *
 * @param verb what could not be done: "read", "write"
 * @param error what the operation threw
 */
export function describeFileProblem(verb: string, path: string, error: unknown): Problem {
  const code = errorCode(error);
  const known = code === undefined ? undefined : reasons[code];
  const own = error instanceof Error ? error.message : String(error);
  return {
    message: `Cannot ${verb} ${path}.`,
    why: known?.why ?? own,
    ...(known?.next === undefined ? {} : { next: known.next }),
    where: path,
  };
}

/** The code of a failed system call, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
