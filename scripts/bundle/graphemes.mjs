// Bundled with the screens (see width.mjs), in the place of Intl.Segmenter: the first use of that
// one takes as long as half of what Node takes to start.

/**
 * Characters that take one column and never join with a neighbour: ASCII, Latin, punctuation,
 * arrows, box drawing and the symbols of the screens, and the control characters of styles.
 */
export const simple =
  '\\t\\n\\x1b\\x20-\\x7e\\xa1-\\xac\\xae-\\u02ff\\u2010-\\u2027\\u2190-\\u2193\\u2200-\\u22ff\\u2500-\\u257f\\u2580-\\u259f\\u25a0-\\u25a9\\u25b2\\u25bc\\u25cb\\u25cf\\u276f\\u2713\\u2717';

const isSimple = new RegExp(`^[${simple}]*$`);

/**
 * As `new Intl.Segmenter()`, which is made only where a text needs it.
 * @returns {Pick<Intl.Segmenter, 'segment'>}
 */
export function lazySegmenter() {
  /** @type {Intl.Segmenter | undefined} */
  let real;
  return {
    segment(text) {
      if (isSimple.test(text)) return simpleSegments(text);
      real ??= new Intl.Segmenter();
      return real.segment(text);
    },
  };
}

/**
 * A segment for each character; all of them are one code unit long.
 * @param {string} input
 * @returns {Intl.Segments}
 */
function simpleSegments(input) {
  const at = (/** @type {number} */ index) => ({ segment: input.charAt(index), index, input });
  return {
    containing: (index = 0) => (index < 0 || index >= input.length ? undefined : at(index)),
    [Symbol.iterator]: () => Array.from(input, (_, index) => at(index)).values(),
  };
}

/**
 * As the expression that `make` gives, which is made when it is first used: to look Unicode's
 * properties up takes a while.
 * @param {() => RegExp} make
 * @returns {Pick<RegExp, 'test' | typeof Symbol.search | typeof Symbol.match>}
 */
export function lazyExpression(make) {
  /** @type {RegExp | undefined} */
  let real;
  const get = () => {
    real ??= make();
    return real;
  };
  return {
    test: (text) => get().test(text),
    [Symbol.search]: (text) => get()[Symbol.search](text),
    [Symbol.match]: (text) => get()[Symbol.match](text),
  };
}
