import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where tools and builds are kept between runs: a folder of the user's, never the checkout.
 * XERV_DEPLOY_CACHE names another one.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} an absolute path; it need not exist yet
 */
export function cacheDirectory(environment = process.env) {
  if (environment.XERV_DEPLOY_CACHE) return environment.XERV_DEPLOY_CACHE;
  if (process.platform === 'win32' && environment.LOCALAPPDATA)
    return join(environment.LOCALAPPDATA, 'create-xerv-deploy', 'cache');
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Caches', 'create-xerv-deploy');
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'create-xerv-deploy');
}
