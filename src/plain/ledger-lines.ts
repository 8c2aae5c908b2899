import type { UninstallPlan } from '../release/plan-uninstall.ts';

/**
 * What goes and what becomes of the data, as lines.
 *
 * ```
 *   Goes   6 objects: StatefulSet xerv, Service xerv, …
 *          our Secrets: xerv-redis-1a2b3c4d
 *   Data
 *     data-xerv-0  50Gi  standard  made by the StatefulSet  reclaim policy Delete
 *       kept: …
 * ```
 */
export function formatLedger(
  { removes, ledger, secrets }: Pick<UninstallPlan, 'removes' | 'ledger' | 'secrets'>,
  { deleteData }: { readonly deleteData: boolean },
): string[] {
  const width = Math.max(0, ...ledger.map(({ name }) => name.length));
  return [
    `  Goes   ${removes.length === 0 ? 'no objects: there is no release' : `${removes.length} objects: ${removes.join(', ')}`}`,
    ...(secrets.length > 0 ? [`         our Secrets: ${secrets.join(', ')}`] : []),
    ledger.length === 0 ? '  Data   no claims' : '  Data',
    ...ledger.flatMap(({ name, size, storageClass, origin, volume, onKeep, onDelete, owner }) => [
      `    ${name.padEnd(width)}  ${size}  ${storageClass}  ${origin}  ${volumeOf(volume)}`,
      `      ${deleteData && owner !== 'user' ? onDelete : onKeep}`,
    ]),
  ];
}

function volumeOf(volume: UninstallPlan['ledger'][number]['volume']): string {
  switch (volume.kind) {
    case 'none':
      return 'no volume yet';
    case 'known':
      return `reclaim policy ${volume.reclaimPolicy}`;
    case 'unknown':
      return `volume ${volume.name}, which you may not read`;
  }
}
