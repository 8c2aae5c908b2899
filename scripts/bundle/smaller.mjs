/**
 * What esbuild has bundled and minified, a few per cent smaller still: esbuild looks at each statement
 * by itself, swc at what becomes of values, too.
 * @param {string} code a function, which is an expression
 * @returns {Promise<string>} the same as ASCII
 */
export async function smaller(code) {
  // Not before it is used: what imports this installs the packages first.
  const { minify } = await import('@swc/core');
  // Nobody would use the function: it would be left out.
  const used = await minify(`used=${code}`, {
    ecma: 2020,
    module: false,
    compress: true,
    mangle: true,
    format: { asciiOnly: true, comments: false },
  });
  const [, smallest] = /^used=(.*?);?\s*$/s.exec(used.code) ?? [];
  if (!smallest) throw new Error('swc has made something else of the program');
  return smallest;
}
