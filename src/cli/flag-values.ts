/** What was given for the flags of an invocation, wherever it came from. */
export interface FlagValues {
  /** The last one given, or undefined. */
  readonly text: (name: string) => string | undefined;
  /** All that were given, in order. */
  readonly list: (name: string) => readonly string[];
  /** The last one given as text, of whatever kind the flag is: `true` and `false` of a boolean. */
  readonly answer: (name: string) => string | undefined;
  /** undefined where it was not given: neither `--name` nor `--no-name`. */
  readonly choice: (name: string) => boolean | undefined;
  readonly isOn: (name: string) => boolean;
}

export type GivenFlags = ReadonlyMap<string, readonly (string | boolean)[]>;

/** Gives typed access to parsed flags. */
export function readFlagValues(given: GivenFlags): FlagValues {
  const all = (name: string) => given.get(name) ?? [];
  const list = (name: string) => all(name).filter((value) => typeof value === 'string');
  const choice = (name: string) => all(name).findLast((value) => typeof value === 'boolean');
  return {
    list,
    choice,
    text: (name) => list(name).at(-1),
    answer: (name) => all(name).at(-1)?.toString(),
    isOn: (name) => choice(name) === true,
  };
}

/** The same flags, some of them with other values; an empty list takes a flag away. */
export function withFlags(
  flags: FlagValues,
  others: Readonly<Record<string, readonly (string | boolean)[]>>,
): FlagValues {
  const over = readFlagValues(new Map(Object.entries(others)));
  const pick = (name: string) => (Object.hasOwn(others, name) ? over : flags);
  return {
    list: (name) => pick(name).list(name),
    answer: (name) => pick(name).answer(name),
    choice: (name) => pick(name).choice(name),
    text: (name) => pick(name).text(name),
    isOn: (name) => pick(name).isOn(name),
  };
}
