/**
 * Which plain (unquoted) texts helm reads as something else than text. helm reads YAML through
 * sigs.k8s.io/yaml, which stands on go-yaml 2: YAML 1.1 without its base-60 numbers, plus Go's
 * own prefixes (goyaml.v2/resolve.go; the same in helm 3.12 to 4.1).
 */

const truths = new Set('y Y yes Yes YES true True TRUE on On ON'.split(' '));
const falsehoods = new Set('n N no No NO false False FALSE off Off OFF'.split(' '));
const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);
const noNumbers = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/;

/** Whether helm reads a plain text as null. */
export function isNullText(text: string): boolean {
  return nulls.has(text);
}

/** What a plain text says as a boolean; undefined where it is none. */
export function readBoolean(text: string): boolean | undefined {
  return truths.has(text) ? true : falsehoods.has(text) ? false : undefined;
}

/** Whether a plain text is an infinity or not-a-number: helm refuses those. */
export function isNoNumber(text: string): boolean {
  return noNumbers.test(text);
}

/** What a plain text says as a number; undefined where it is none. */
export function readNumber(text: string): number | undefined {
  if (text.startsWith('.')) {
    // Here an underscore may stand between two digits only, as in Go itself.
    return finite(/^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/, text);
  }
  if (!/^[-+0-9]/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const integer = readInteger(plain);
  if (integer !== undefined) return Number(integer);
  return finite(/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/, plain);
}

/** Whether helm reads a plain integer as another one, since it keeps numbers as 64-bit floats. */
export function losesDigits(text: string): boolean {
  const integer = isIntegerText(text) ? readInteger(text.replaceAll('_', '')) : undefined;
  return integer !== undefined && BigInt(Number(integer)) !== integer;
}

/** Whether a plain text is an integer to helm, and not a float such as `1e3`. */
export function isIntegerText(text: string): boolean {
  return /^[-+0-9]/.test(text) && readInteger(text.replaceAll('_', '')) !== undefined;
}

const smallest = -(2n ** 63n);
const largestSigned = 2n ** 63n - 1n;
const largest = 2n ** 64n - 1n;

/** @param plain without underscores */
function readInteger(plain: string): bigint | undefined {
  // go-yaml also takes a sign after `0b`.
  const match =
    /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/.exec(
      plain.replace(/^0b([-+])/, (_, sign: string) => `${sign}0b`),
    );
  if (match === null) return undefined;
  const [, sign = '', prefixed, octal, decimal] = match;
  const digits = prefixed?.toLowerCase() ?? (octal === undefined ? decimal : `0o${octal}`) ?? '';
  const value = BigInt(digits);
  const signed = sign === '-' ? -value : value;
  return signed >= smallest && signed <= (sign === '' ? largest : largestSigned)
    ? signed
    : undefined;
}

function finite(form: RegExp, text: string): number | undefined {
  const value = form.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  // A number too large for a float is text to go-yaml.
  return Number.isFinite(value) ? value + 0 : undefined;
}

/**
 * Whether a text must be quoted when it is written, so that every reader takes it for text: helm,
 * and also readers of plain YAML 1.1 and 1.2 (times, dates, octal numbers, the value key).
 */
export function needsQuotes(text: string): boolean {
  return (
    isNullText(text) ||
    readBoolean(text) !== undefined ||
    isNoNumber(text) ||
    readNumber(text) !== undefined ||
    /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text) ||
    /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/.test(text) ||
    /^[-+]?0[xXoObB][0-9a-fA-F_]+$/.test(text) ||
    /^[-+]?[0-9._]+(?:[eE][-+]?[0-9]+)?$/.test(text) ||
    text === '=' ||
    text === '<<'
  );
}

/** Characters that go-yaml refuses or takes for a line break where they stand unescaped. */
export const unreadableCharacter =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
