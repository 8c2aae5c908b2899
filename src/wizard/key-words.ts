import type { KeyName } from './events.ts';

/** What the keys are called in writing; every other one is called as it is. */
const written: Readonly<Partial<Record<KeyName | 'up-down', string>>> = {
  'up-down': 'Up, Down',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift+Tab',
  'ctrl-c': 'Ctrl+C',
  'ctrl-e': 'Ctrl+E',
  'ctrl-r': 'Ctrl+R',
  'page-up': 'Page up',
  'page-down': 'Page down',
};

export function keyWord(key: string): string {
  return written[key as KeyName] ?? key;
}
