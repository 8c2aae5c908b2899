/**
 * Holds a secret so that it cannot slip out: printing, serialising, interpolating or inspecting it
 * gives `[secret]`. `reveal` is the one door.
 */
export class SecretMaterial {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret itself; for the request that creates the Secret, and for redaction. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  /** What console.log and util.inspect show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
