import { join } from 'node:path';

/**
 * The archive of the chart in this package, made by the build. helm takes it as it takes a directory.
 * @param packageRoot where `charts/` lies
 */
export function bundledChart(packageRoot: string): string {
  return join(packageRoot, 'charts', 'xerv.tgz');
}
