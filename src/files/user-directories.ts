import { isAbsolute, join } from 'node:path';

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Where programs keep what is a user's, by its kind. Sources: XDG Base Directory Specification 0.8;
 * Apple's File System Programming Guide; Microsoft's KNOWNFOLDERID (LocalAppData), which has one
 * place for both.
 */
const places = {
  cache: { xdg: 'XDG_CACHE_HOME', unix: '.cache', apple: 'Caches', windows: 'Cache' },
  state: {
    xdg: 'XDG_STATE_HOME',
    unix: join('.local', 'state'),
    apple: 'Application Support',
    windows: '',
  },
} as const;

/** Where this user's caches of the program lie: what may go at any time. */
export function cacheDirectory(surroundings: Surroundings): string {
  return userDirectory(places.cache, surroundings);
}

/**
 * Where this user's state of the program lies: what should outlive a run, and is neither settings
 * nor a cache.
 */
export function stateDirectory(surroundings: Surroundings): string {
  return userDirectory(places.state, surroundings);
}

function userDirectory(
  { xdg, unix, apple, windows }: (typeof places)[keyof typeof places],
  { env, homeDirectory, platform }: Surroundings,
): string {
  const name = 'create-xerv-deploy';
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(homeDirectory, 'AppData', 'Local'), name, windows);
  const named = env[xdg];
  // XDG: a relative path there is ignored.
  if (named && isAbsolute(named)) return join(named, name);
  const home = env.HOME || homeDirectory;
  return platform === 'darwin' ? join(home, 'Library', apple, name) : join(home, unix, name);
}
