import { isAbsolute, join } from 'node:path';

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Where this user's caches of the program lie: what may go at any time. Sources: XDG Base Directory
 * Specification 0.8 (a relative path there is ignored); Apple's File System Programming Guide;
 * Microsoft's KNOWNFOLDERID (LocalAppData).
 */
export function cacheDirectory({ env, homeDirectory, platform }: Surroundings): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  const home = env.HOME || homeDirectory;
  if (platform === 'win32')
    return join(local || join(homeDirectory, 'AppData', 'Local'), 'create-xerv-deploy', 'Cache');
  const parent =
    xdg && isAbsolute(xdg)
      ? xdg
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : join(home, '.cache');
  return join(parent, 'create-xerv-deploy');
}
