/** Where everything happens; named before every change and in every consent. */
export interface Target {
  readonly context: string;
  readonly server: string;
  /** uid of kube-system; else a hash of the root CA; else the server's address. */
  readonly identity: string;
  readonly namespace: string;
  readonly release: string;
}
