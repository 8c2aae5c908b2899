import type { Key as InkKey } from 'ink';
import type { Key, KeyName } from '../wizard/events.ts';

/** Names of keys that Ink tells by a flag. */
const flags: readonly (readonly [keyof InkKey, KeyName])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** Control characters that keys send, where several keys come as one text. */
const characters: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u0003': 'ctrl-c',
  '\u0005': 'ctrl-e',
  '\u0008': 'backspace',
  '\u007f': 'backspace',
  '\u0012': 'ctrl-r',
  '\u0015': 'ctrl-u',
};

const withControl: readonly KeyName[] = ['ctrl-c', 'ctrl-e', 'ctrl-r', 'ctrl-u'];

/**
 * What Ink tells of the keyboard, as the wizard's keys. Keys that were typed ahead come as one
 * text, Enter among the letters; each is a key of its own.
 */
export function toKeys(input: string, key: InkKey): Key[] {
  if (key.eventType === 'release') return [];
  if (key.tab) return [{ name: key.shift ? 'shift-tab' : 'tab' }];
  const [, name] = flags.find(([flag]) => key[flag] === true) ?? [];
  if (name) return [{ name }];
  if (key.ctrl) {
    const name = withControl.find((one) => one === `ctrl-${input}`);
    return name ? [{ name }] : [];
  }
  return key.meta ? [] : splitText(input);
}

/** Characters as keys, each on its own; control characters that are no key are left out. */
export function splitText(input: string): Key[] {
  return input
    .split(/(\r\n|\p{Cc})/u)
    .filter((part) => part !== '')
    .flatMap((part): Key[] => {
      const name = characters[part.charAt(0)];
      return name ? [{ name }] : Array.from(part).flatMap(toText);
    });
}

/** A paste is text, whatever is in it: an Enter within it must not answer anything. */
export function toPaste(pasted: string): Key[] {
  return toText(pasted.trim().replace(/\s+/g, ' '));
}

function toText(part: string): Key[] {
  const text = part.replace(/\p{Cc}/gu, '');
  return text === '' ? [] : [{ name: 'text', text }];
}
