/** What the command line has said already. */
export interface FirstTarget {
  readonly title: 'install' | 'uninstall';
  readonly context: string | undefined;
  readonly namespace: string;
  readonly release: string;
}

/** Where it has said nothing. */
export const usualTarget: FirstTarget = {
  title: 'install',
  context: undefined,
  namespace: 'xerv',
  release: 'xerv',
};
