/**
 * Spawn options that put a child in a process group of its own, so that the terminal's Ctrl+C
 * does not reach it. On Windows `detached` would open a console window instead.
 */
export function ownGroup(platform: NodeJS.Platform): { detached: boolean; windowsHide: true } {
  return { detached: platform !== 'win32', windowsHide: true };
}

/**
 * Signals what is left of the group that a child led; does nothing where none is left.
 *
 * @param pid of the child that was started with {@link ownGroup}
 */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nobody is left.
  }
}
