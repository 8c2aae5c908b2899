import { helmVersionFile, rememberedHelmVersion } from '../cluster/helm/known-version.ts';
import { canSkipSchema } from '../cluster/helm/version.ts';
import type { TemplateOptions } from '../cluster/types.ts';
import { usualCluster } from '../values/chart-capabilities.ts';

type Place = Pick<TemplateOptions, 'chart' | 'namespace' | 'release'>;

/**
 * How the bundled chart is rendered before the cluster has answered: for a cluster as most are, of
 * values that are held against the chart's schema before helm is given them. The head start and the
 * call that takes it up must be the same.
 * @param helm its path
 */
export function usualRendering(
  helm: string,
  place: Place,
  surroundings: Omit<Parameters<typeof helmVersionFile>[0], 'platform'>,
): Omit<TemplateOptions, 'values'> {
  const file = helmVersionFile({ ...surroundings, platform: process.platform });
  const version = rememberedHelmVersion({ path: helm, file });
  return {
    ...place,
    ...usualCluster,
    skipsSchema: version !== undefined && canSkipSchema(version),
  };
}
