/** Whether somebody listens to the screen instead of looking at it; Ink's own variable. */
export function readsScreen(env: Readonly<Record<string, string | undefined>>): boolean {
  return env.INK_SCREEN_READER === 'true' || env.INK_SCREEN_READER === '1';
}
