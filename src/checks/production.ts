/** Names that people give to what must not break. */
const productionLike = /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i;

/** Whether one of the names of a cluster or namespace sounds like production. */
export function looksLikeProduction(names: readonly string[]): boolean {
  return names.some((name) => productionLike.test(name));
}
