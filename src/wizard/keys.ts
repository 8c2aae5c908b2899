import type { NamedAction } from './actions.ts';
import type { Binding } from './binding.ts';
import type { KeyName } from './events.ts';
import { keyMap } from './key-map.ts';
import type { WizardState } from './state.ts';
import { isTyping } from './surface.ts';

/** What a key does now; undefined where it does nothing. */
export function bindingOf(state: WizardState, key: string): Binding | undefined {
  if (isCharacter(key) && isTyping(state)) return undefined;
  return keyMap.find((binding) => binding.keys.includes(key) && binding.does(state) !== undefined);
}

/** The row of an action; undefined where it does nothing now. */
export function bindingFor(state: WizardState, action: NamedAction): Binding | undefined {
  return keyMap.find((binding) => binding.action === action && binding.does(state) !== undefined);
}

/** The rows that do something now: what the footer shows. */
export function activeBindings(state: WizardState): readonly Binding[] {
  const typing = isTyping(state);
  const active = keyMap.filter(
    ({ keys, does }) => does(state) !== undefined && !(typing && keys.every(isCharacter)),
  );
  return [...active.filter(({ leads }) => leads), ...active.filter(({ leads }) => !leads)];
}

const names: ReadonlySet<string> = new Set<KeyName>(['up', 'down', 'enter']);

function isCharacter(key: string): boolean {
  return !names.has(key) && Array.from(key).length === 1;
}
