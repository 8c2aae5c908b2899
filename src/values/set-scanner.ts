/** Goes through the characters of a `--set` expression, as helm's parser does. */
export class SetScanner {
  readonly #characters: readonly string[];
  #position = 0;

  constructor(expression: string) {
    this.#characters = [...expression];
  }

  /** The next character, which stays; undefined at the end. */
  peek(): string | undefined {
    return this.#characters[this.#position];
  }

  /** Goes over the next character. */
  skip(count = 1): void {
    this.#position += count;
  }

  /**
   * The text up to the next of these characters, which is gone over. A backslash takes the
   * character after it as it is.
   *
   * @returns `stop` is undefined where the expression ends first
   */
  takeUntil(stops: string): { text: string; stop: string | undefined } {
    let text = '';
    for (;;) {
      let character = this.peek();
      this.skip();
      if (character === undefined) return { text, stop: undefined };
      if (stops.includes(character)) return { text, stop: character };
      if (character === '\\') {
        character = this.peek();
        this.skip();
        if (character === undefined) return { text, stop: undefined };
      }
      text += character;
    }
  }

  /**
   * Goes over blanks and then over a comma, if one is there.
   *
   * @returns whether a comma or the end came: there was no value
   */
  skipToNext(): boolean {
    for (;;) {
      const character = this.peek();
      if (character === undefined) return true;
      if (character === ',') {
        this.skip();
        return true;
      }
      if (!goSpace.test(character)) return false;
      this.skip();
    }
  }

  /**
   * Goes over one JSON value and returns its text; what follows it may be anything.
   *
   * @returns undefined where no JSON value stands here
   */
  takeJson(): string | undefined {
    const rest = this.#characters.slice(this.#position).join('');
    const length = jsonLength(rest);
    if (length === undefined) return undefined;
    const text = rest.slice(0, length);
    this.skip([...text].length);
    return text;
  }
}

/** unicode.IsSpace of Go. */
const goSpace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

const jsonScalar =
  /[ \t\r\n]*(?:"(?:[^"\\]|\\[\s\S])*"|true|false|null|-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][-+]?\d*)?)/y;

/** How long the JSON value is with which a text starts; whether it is valid JSON shows later. */
function jsonLength(text: string): number | undefined {
  const start = /^[ \t\r\n]*/.exec(text)?.[0].length ?? 0;
  if (!/[[{]/.test(text[start] ?? '')) {
    jsonScalar.lastIndex = 0;
    const match = jsonScalar.exec(text);
    return match === null || match[0].length === start ? undefined : match[0].length;
  }
  let depth = 0;
  const token = /"(?:[^"\\]|\\[\s\S])*"|[[\]{}]/g;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (/^[[{]/.test(match[0])) depth += 1;
    else if (/^[\]}]/.test(match[0])) depth -= 1;
    if (depth === 0) return token.lastIndex;
  }
  return undefined;
}
