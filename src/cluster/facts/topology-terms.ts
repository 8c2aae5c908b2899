/** Ends the key by which a cloud, or Kubernetes itself, names the zone of a volume. */
export const zoneKey = /\/zone$/;

/** The key by which nodes are named one by one. */
export const hostKey = /^kubernetes\.io\/hostname$/;

interface Expression {
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The values that terms, which are alternatives, allow for keys of a kind: one term that says
 * nothing of them allows all.
 * @returns empty where all are allowed
 */
export function valuesOfTerms(terms: readonly (readonly Expression[])[], kind: RegExp): string[] {
  const ofTerms = terms.map((term) =>
    term.filter(({ key }) => kind.test(key)).flatMap(({ values }) => values),
  );
  return ofTerms.some((values) => values.length === 0) ? [] : [...new Set(ofTerms.flat())];
}
