import { unreadableCharacter } from './helm-scalars.ts';
import type { Tree } from './tree.ts';

/**
 * Values as a file for helm: JSON is YAML, leaves no question of quoting, and is written in no time.
 * What JSON lets stand in a text and helm refuses, or reads as the end of a line, is escaped.
 */
export function helmJson(values: Tree): string {
  return JSON.stringify(values).replace(
    new RegExp(unreadableCharacter, 'g'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
