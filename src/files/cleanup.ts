/** What must be undone before the process ends, whatever ends it. Made by `main`, passed along. */
export interface Cleanup {
  /**
   * @param undo synchronous, since a process that ends waits for nothing
   * @returns takes it off the list, once it is done otherwise
   */
  add(undo: () => void): () => void;
  /** Undoes everything that is still listed, the newest first; failures do not stop it. */
  run(): void;
}

/** An empty list. */
export function createCleanup(): Cleanup {
  const undos = new Set<{ readonly undo: () => void }>();
  return {
    add(undo) {
      const entry = { undo };
      undos.add(entry);
      return () => undos.delete(entry);
    },
    run() {
      for (const entry of [...undos].reverse()) {
        undos.delete(entry);
        try {
          entry.undo();
        } catch {
          // The process is ending: the other entries matter more than this one's reason.
        }
      }
    },
  };
}
