import type { FlagValues } from './flag-values.ts';

/** What the program may do with the place where it runs. */
export interface Terminal {
  /** Whether somebody is there to answer. */
  readonly interactive: boolean;
  /** Whether a screen can be drawn that changes in its place. */
  readonly draws: boolean;
  readonly colors: boolean;
  /** Whether the output can show more than ASCII. */
  readonly unicode: boolean;
}

interface Streams {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; readonly rows?: number; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** The smallest screen that is drawn; on a smaller one lines are written. */
const smallest = { rows: 12, columns: 40 };

/**
 * Finds out whether to ask, to colour and to use symbols. `--interactive` and `--no-interactive`
 * override what is detected: a terminal in and out, no CI.
 */
export function detectTerminal(streams: Streams, flags: FlagValues): Terminal {
  const { stdout, env, platform } = streams;
  // Looked at last: to read `process.stdin` opens it.
  const isTerminal = stdout.isTTY === true && streams.stdin.isTTY === true;
  const isDumb = env.TERM === 'dumb';
  // As is-in-ci has it: any value but these, the empty one included, means CI.
  const isCi = [env.CI, env.CONTINUOUS_INTEGRATION].some(
    (value) => value !== undefined && value !== '0' && value !== 'false',
  );
  const plain = flags.isOn('plain') || Boolean(env.ACCESSIBLE);
  const interactive = flags.choice('interactive') ?? (isTerminal && !isCi);
  // 0 where the terminal does not say.
  const isTiny =
    (stdout.rows || smallest.rows) < smallest.rows ||
    (stdout.columns || smallest.columns) < smallest.columns;
  return {
    interactive,
    draws: interactive && isTerminal && !isDumb && !isTiny && !plain,
    colors: stdout.isTTY === true && !isDumb && !plain && !env.NO_COLOR && !flags.isOn('no-color'),
    unicode: platform === 'win32' ? Boolean(env.WT_SESSION) : hasUnicodeLocale(env) && !isDumb,
  };
}

/** By POSIX the first one set of these three decides. */
function hasUnicodeLocale(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale === undefined || /utf-?8/i.test(locale);
}
