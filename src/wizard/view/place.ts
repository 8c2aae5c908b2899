/** Where something is done, as the first line tells it; `…` for what is not known yet. */
export function placeNames({
  context = '…',
  namespace,
  release,
  version = 'Kubernetes …',
}: {
  readonly context?: string | undefined;
  readonly namespace: string;
  readonly release: string;
  readonly version?: string;
}): readonly string[] {
  return [
    context,
    `namespace ${namespace}`,
    ...(release === 'xerv' ? [] : [`release ${release}`]),
    version,
  ];
}
