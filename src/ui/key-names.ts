import type { Symbols } from './looks.ts';

/** How a key is written at the foot of the screen; every other key is written as it is. */
export function keyName(key: string, symbols: Symbols): string {
  switch (key) {
    case 'up-down':
      return symbols.upDown;
    case 'escape':
      return 'esc';
    case 'ctrl-c':
      return '^C';
    case 'ctrl-e':
      return '^E';
    case 'ctrl-r':
      return '^R';
    default:
      return key;
  }
}
