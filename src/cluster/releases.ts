import type { HelmDependencies } from './helm.ts';
import { createCommandStorage } from './releases/commands.ts';
import { readReleaseDriver } from './releases/driver.ts';
import { createObjectStorage } from './releases/objects.ts';
import type { Api, ReleaseStorage } from './types.ts';

/**
 * Opens helm's storage of releases where HELM_DRIVER says it is: through the API where it is in
 * the cluster, by helm commands where it is elsewhere.
 *
 * @throws DeployError (usage) where HELM_DRIVER is something that helm does not know
 */
export function openReleaseStorage(api: Api, helm: HelmDependencies): ReleaseStorage {
  switch (readReleaseDriver(helm.env)) {
    case 'secret':
      return createObjectStorage(api, 'secrets');
    case 'configmap':
      return createObjectStorage(api, 'configmaps');
    case 'sql':
    case 'memory':
      return createCommandStorage(helm);
  }
}
