export interface UninstallOptions {
  /** Whether the release's own claims go too; the user's never do. */
  readonly deleteData: boolean;
  /** How long pods, and then claims, may take to go; by default what their grace period says. */
  readonly timeoutSeconds?: number;
}
