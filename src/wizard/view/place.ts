/** Where something is done, as the first line tells it; `…` for what is not known yet. */
export function placeNames({
  context = '…',
  lostSince,
  namespace,
  release,
  version = 'Kubernetes …',
}: {
  readonly context?: string | undefined;
  /** Since when the cluster does not answer. */
  readonly lostSince?: string | undefined;
  readonly namespace: string;
  readonly release: string;
  readonly version?: string;
}): readonly string[] {
  return [
    context,
    ...(lostSince === undefined ? [] : [`no answer since ${lostSince}`]),
    `namespace ${namespace}`,
    ...(release === 'xerv' ? [] : [`release ${release}`]),
    ...(lostSince === undefined ? [version] : []),
  ];
}
