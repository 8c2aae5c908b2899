import { isAbsolute, join } from 'node:path';

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Where this user's state of the program lies: what should outlive a run, and is neither settings
 * nor a cache. Sources: XDG Base Directory Specification 0.8 (a relative path there is ignored);
 * Apple's File System Programming Guide; Microsoft's KNOWNFOLDERID (LocalAppData).
 */
export function stateDirectory({ env, homeDirectory, platform }: Surroundings): string {
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = env;
  const home = env.HOME || homeDirectory;
  const parent =
    platform === 'win32'
      ? local || join(homeDirectory, 'AppData', 'Local')
      : xdg && isAbsolute(xdg)
        ? xdg
        : platform === 'darwin'
          ? join(home, 'Library', 'Application Support')
          : join(home, '.local', 'state');
  return join(parent, 'create-xerv-deploy');
}
