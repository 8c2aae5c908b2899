import { versionInfo } from '../../objects.ts';
import { known } from '../facts.ts';
import type { Gatherer } from '../gather.ts';
import { gap } from '../reader.ts';

/** Words of gitVersion by which a distribution names itself. */
const distributions = ['gke', 'eks', 'k3s', 'rke2', 'aks'] as const;

/** Version and, where it tells, distribution. */
export const gatherServer: Gatherer<'server'> = async ({ reader }) => {
  const version = await reader.get('/version', versionInfo);
  if (!version.ok) return gap(version.failure);
  const { gitVersion, minor } = version.value;
  return known({
    gitVersion,
    // Some providers write "31+".
    minor: Number.parseInt(minor, 10),
    distribution: distributions.find((word) => gitVersion.includes(word)) ?? '',
  });
};
