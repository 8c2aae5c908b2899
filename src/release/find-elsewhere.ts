import type { Release } from '../cluster/types.ts';
import type { Target } from './target.ts';
import type { ReleaseDependencies } from './types.ts';

/**
 * XERV releases other than the target, in all namespaces where this user may list them; empty
 * where they may not, since this only helps to find the way.
 */
export async function findElsewhere(
  { releases }: Pick<ReleaseDependencies, 'releases'>,
  target: Pick<Target, 'namespace' | 'release'>,
  signal?: AbortSignal,
): Promise<Release[]> {
  const everywhere = await releases.list({ chartName: 'xerv' }, signal);
  const found = everywhere.ok
    ? everywhere
    : await releases.list({ chartName: 'xerv', namespace: target.namespace }, signal);
  if (!found.ok) return [];
  return found.value.filter(
    ({ name, namespace, status }) =>
      status !== 'uninstalled' && (name !== target.release || namespace !== target.namespace),
  );
}
