/**
 * Starts looking at once. The first call gets what is found, each later one looks again.
 * @param look is told of its failure only to who calls
 */
export function ahead<T>(look: () => Promise<T>): () => Promise<T> {
  let first: Promise<T> | undefined = look();
  first.catch(() => {});
  return () => {
    const answer = first ?? look();
    first = undefined;
    return answer;
  };
}
