/**
 * Shares out the lines of a screen. What is most needed stands first; a name may come again with
 * what it would like beyond that.
 * @param total lines there are
 * @returns lines by name; together never more than `total`
 */
export function allot<Name extends string>(
  total: number,
  wishes: readonly (readonly [Name, number])[],
): Readonly<Record<Name, number>> {
  const granted = Object.fromEntries(wishes.map(([name]) => [name, 0])) as Record<Name, number>;
  let left = Math.max(0, total);
  for (const [name, rows] of wishes) {
    const given = Math.min(left, Math.max(0, rows));
    granted[name] += given;
    left -= given;
  }
  return granted;
}

/**
 * Which part of a list is shown: the cursor stays in sight, with one neighbour on each side where
 * there is one.
 * @returns index of the first item shown
 */
export function windowStart(length: number, cursor: number, rows: number): number {
  if (length <= rows) return 0;
  return Math.max(0, Math.min(cursor - Math.floor(rows / 2), length - rows));
}
