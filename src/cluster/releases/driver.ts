import { DeployError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Environment } from '../child-environment.ts';
import type { ReleaseDriver } from '../types.ts';

/** What HELM_DRIVER may be, as helm reads it. */
const drivers: Readonly<Record<string, ReleaseDriver>> = {
  '': 'secret',
  secret: 'secret',
  secrets: 'secret',
  configmap: 'configmap',
  configmaps: 'configmap',
  sql: 'sql',
  memory: 'memory',
};

/**
 * Where helm keeps releases, by HELM_DRIVER.
 *
 * @throws DeployError (usage) for a driver that helm does not know
 */
export function readReleaseDriver(env: Environment): ReleaseDriver {
  const named = env.HELM_DRIVER ?? '';
  const driver = Object.hasOwn(drivers, named) ? drivers[named] : undefined;
  if (driver) return driver;
  throw new DeployError(exitCodes.usage, {
    message: `HELM_DRIVER is "${named}", which helm does not know.`,
    next: 'Unset it, or set it to secret, configmap or sql.',
    where: 'HELM_DRIVER',
  });
}
