/**
 * The exit codes of every command: one table for the program, `--help`, the
 * README and the tests.
 */
export const exitCodes = {
  done: 0,
  failure: 1,
  usage: 2,
  unfit: 3,
  applyFailed: 4,
  changesFound: 5,
  bug: 70,
  hangup: 129,
  cancelled: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each code tells a script; in the order in which help prints them. */
export const exitCodeMeanings: readonly { code: ExitCode; meaning: string }[] = [
  { code: exitCodes.done, meaning: 'done' },
  { code: exitCodes.failure, meaning: 'other failure; nothing changed in the cluster' },
  {
    code: exitCodes.usage,
    meaning: 'invalid before asking a cluster: a flag, preset, file, name or missing consent',
  },
  {
    code: exitCodes.unfit,
    meaning: 'the cluster or this machine is not fit for it; nothing changed',
  },
  {
    code: exitCodes.applyFailed,
    meaning: 'failed after the first write to the cluster; the message says what state it is in',
  },
  { code: exitCodes.changesFound, meaning: 'changes found (plan --detailed-exitcode)' },
  { code: exitCodes.bug, meaning: 'a bug in this program; the message says where to report it' },
  { code: exitCodes.hangup, meaning: 'ended by SIGHUP' },
  { code: exitCodes.cancelled, meaning: 'cancelled (Ctrl+C)' },
  { code: exitCodes.terminated, meaning: 'ended by SIGTERM' },
];
