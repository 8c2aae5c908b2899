/** What the user wants to happen. `change` is an upgrade of a release that is there. */
export type Intent = 'install' | 'change' | 'uninstall';

/**
 * All that the user has said, and all of it that is kept on disk: free of secrets. Review, resume
 * and the equivalent command are made from it.
 */
export interface Draft {
  /** Undefined until chosen; it has to be chosen only where a release runs. */
  readonly intent: Intent | undefined;
  /** Undefined until chosen or found to be the only one. */
  readonly context: string | undefined;
  readonly namespace: string;
  readonly release: string;
  readonly presets: readonly string[];
  /** Paths of values files to start from; the later one wins. */
  readonly files: readonly string[];
  /** A change that leaves the live values out. */
  readonly resetValues: boolean;
  /** By the question's id, as its flag would have it; hidden ones are kept and not applied. */
  readonly answers: Readonly<Record<string, string>>;
  /** Values set by path (advanced view, remedies of checks), as JSON text; above the answers. */
  readonly edits: Readonly<Record<string, string>>;
  /** Ids of checks that the user lets fail, with the reason. */
  readonly skips: Readonly<Record<string, string>>;
  /** What becomes of the data in an uninstall. */
  readonly data: 'keep' | 'delete';
}

/** What the values start from. */
export type Start = Pick<Draft, 'presets' | 'files' | 'resetValues'>;
