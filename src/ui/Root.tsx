import { Static, useApp, useInput, usePaste } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { mapTexts, toPrintable } from '../printable.ts';
import type { Key } from '../wizard/events.ts';
import type { WizardState } from '../wizard/state.ts';
import type { WizardStore } from '../wizard/store.ts';
import type { View } from '../wizard/view.ts';
import { Drawn } from './Drawn.tsx';
import { toKeys, toPaste } from './keys.ts';
import type { Theme } from './looks.ts';
import type { RowText } from './row.ts';
import { Spoken } from './Spoken.tsx';
import { lastLines, screenLines, toldRows } from './screen-lines.ts';
import { sendKey } from './send-key.ts';
import type { Size } from './size.ts';
import { styledLine } from './styled-line.ts';

/** Gives the terminal back; what it resolves to takes it again. */
export type Suspend = () => Promise<{ readonly resume: () => Promise<void> }>;

/** Joins the store and the terminal: draws each state, sends each key, leaves when it is over. */
export function Root({
  store,
  viewOf,
  size,
  theme,
  unicode,
  onStopKey,
  onSuspendable,
}: {
  readonly store: WizardStore;
  readonly viewOf: (state: WizardState) => View;
  readonly size: Size;
  readonly theme: Theme;
  readonly unicode: boolean;
  readonly onStopKey: () => void;
  readonly onSuspendable: (suspend: Suspend) => void;
}) {
  const { exit, suspendTerminal } = useApp();
  const state = useSyncExternalStore(store.subscribe, store.state);
  const hasLeft = state.phase.name === 'left';
  const shown = (of: WizardState) => mapTexts(viewOf(of), (text) => toPrintable(text, unicode));
  const view = shown(state);

  const send = (keys: readonly Key[]) => {
    for (const key of keys) sendKey(key, { store, view: () => shown(store.state()), size, theme });
  };
  useInput((input, key) => {
    if (key.ctrl && input === 'z') onStopKey();
    else send(toKeys(input, key));
  });
  usePaste((text) => send(toPaste(text)));
  useEffect(() => onSuspendable(suspendTerminal), [onSuspendable, suspendTerminal]);
  useEffect(() => {
    if (hasLeft) exit();
  }, [hasLeft, exit]);

  const { isSpoken } = theme;
  const written = (rows: readonly RowText[]) =>
    rows.map((row) => styledLine(row, size.width, theme));
  // An item a line, however many rows it takes: Ink counts those that it has written.
  const told = view.transcript.map((line) => toldRows(line, size.width));
  // What stays may be higher than the terminal: all but its last line is written as what was told.
  const last = hasLeft && !isSpoken ? lastLines(view.body, size, theme) : [];
  return (
    <>
      <Static items={[...told, ...last.slice(0, -1).map((row) => [row])]}>
        {(rows, index) => <Drawn key={index} lines={written(rows)} />}
      </Static>
      {isSpoken ? (
        <Spoken view={view} hasLeft={hasLeft} size={size} theme={theme} />
      ) : (
        <Drawn lines={written(hasLeft ? last.slice(-1) : screenLines(view, size, theme))} />
      )}
    </>
  );
}
