import { expect, test } from 'vitest';
import { openFirstScreen } from '../../src/ui/first-screen.ts';
import { createTheme } from '../../src/ui/looks.ts';
import { openPainter } from '../../src/ui/painter.ts';
import type { WizardEvent } from '../../src/wizard/events.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import type { View } from '../../src/wizard/view.ts';
import { cellsOf, emulateTerminal, type FrameOptions, openFrames } from '../support/frames.ts';
import { backendQuestion, bodies, done, viewWith } from '../support/views.ts';

/** The painter on a terminal emulator, with a wizard of which only a view is known. */
function paint(
  first: View,
  { columns = 80, rows = 24, colors = true, unicode = true }: FrameOptions = {},
) {
  const { emulator, stdin, stdout, bytes, isRaw, clearings, signals } = emulateTerminal(
    columns,
    rows,
  );
  const firstScreen = openFirstScreen({
    stdin,
    stdout,
    lines: [' first frame', ' of two lines'],
    signals,
    atExit: () => () => {},
    onCancel: () => {},
  });
  const listeners = new Set<() => void>();
  const events: WizardEvent[] = [];
  let view = first;
  let phase = 'asking';
  const store = {
    state: () => ({ phase: { name: phase } }) as WizardState,
    dispatch: (event: WizardEvent) => void events.push(event),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const theme = createTheme({ colors, unicode, isSpoken: false });
  const painter = openPainter(store, { stdout, firstScreen, theme, unicode, viewOf: () => view });
  const drawn = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => emulator.write('', resolve));
  };
  const show = (next: View, name = phase) => {
    view = next;
    phase = name;
    for (const listener of [...listeners]) listener();
    return drawn();
  };
  const resize = (toColumns: number, toRows: number) => {
    emulator.resize(toColumns, toRows);
    Object.assign(stdout, { columns: toColumns, rows: toRows });
    stdout.emit('resize');
    return drawn();
  };
  const screen = () => {
    const { active } = emulator.buffer;
    return Array.from({ length: active.length }, (_, row) =>
      (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
    ).filter((line) => line !== '');
  };
  const close = () => {
    painter.close();
    firstScreen.remove();
  };
  return {
    painter,
    firstScreen,
    emulator,
    stdin,
    bytes,
    isRaw,
    clearings,
    events,
    show,
    drawn,
    resize,
    screen,
    close,
  };
}

test.each(Object.entries(bodies))('it draws what Ink draws: %s', async (_, body) => {
  for (const [columns, rows] of [
    [80, 24],
    [40, 12],
    [140, 45],
  ] as const)
    for (const look of [
      { colors: true, unicode: true },
      { colors: false, unicode: false },
    ]) {
      const view = viewWith(body);
      const options = { columns, rows, ...look };
      const painted = paint(view, options);
      await painted.drawn();
      const ink = openFrames(view, options);
      await ink.lines();
      expect(cellsOf(painted.emulator), `${columns}x${rows}`).toEqual(cellsOf(ink.emulator));
      const { cursorY } = painted.emulator.buffer.active;
      expect(cursorY).toBe(ink.emulator.buffer.active.cursorY);
      painted.close();
      await ink.leave();
    }
});

test('each screen takes the place of the one before, and the last one that of all', async () => {
  const painted = paint(viewWith({ kind: 'waiting', text: 'Looking' }));
  await painted.drawn();
  expect(painted.screen().join()).not.toContain('first frame');
  for (const body of Object.values(bodies)) {
    await painted.show(viewWith(body));
    expect(painted.screen().filter((line) => line.includes('XERV  '))).toHaveLength(1);
  }
  const transcript = [{ text: 'values written', tone: 'good' }] as const;
  await painted.show(viewWith(done, { transcript }), 'left');
  await painted.painter.left;
  expect(painted.screen().slice(0, 2)).toEqual([
    ' values written',
    ' ✓ XERV is running: 3 of 3 pods ready',
  ]);
  expect(painted.screen().join()).not.toContain('^C');
  expect(painted.isRaw()).toBe(false);
  expect(painted.bytes().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
    painted.bytes().lastIndexOf('\u001b[?25l'),
  );
});

test.each([
  [120, 30, 60, 20],
  [80, 24, 40, 12],
  [80, 24, 140, 45],
  [40, 12, 80, 24],
])('from %i x %i to %i x %i one frame is seen', async (columns, rows, toColumns, toRows) => {
  const painted = paint(viewWith(backendQuestion), { columns, rows });
  await painted.drawn();
  await painted.resize(toColumns, toRows);
  // Lines that the terminal itself has moved into its scrollback are beyond reach.
  const { active } = painted.emulator.buffer;
  const visible = Array.from(
    { length: toRows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
  );
  expect(visible.filter((line) => line.includes('XERV  install'))).toHaveLength(1);
  expect(visible.filter((line) => line.includes('^C quit'))).toHaveLength(1);
  painted.close();
});

test('a screen that fills the terminal leaves none of itself in the scrollback', async () => {
  const painted = paint(viewWith(backendQuestion), { rows: 20 });
  await painted.drawn();
  expect(painted.emulator.buffer.active.cursorY).toBe(19);
  for (const cursor of [2, 3]) await painted.show(viewWith({ ...backendQuestion, cursor }));
  await painted.resize(60, 20);
  expect(painted.clearings()).toBe(0);
  painted.close();
});

test('what it does not understand is left to who comes next, with all that follows', async () => {
  const painted = paint(viewWith(backendQuestion));
  painted.stdin.write('jä\r\u001b[A');
  await painted.drawn();
  painted.stdin.write('\u001b[200~redis');
  await painted.drawn();
  await painted.painter.stuck;
  painted.stdin.write('://a\r\u001b[201~k');
  await painted.drawn();
  const keys = painted.events.map((event) => (event.type === 'key' ? event.key : event));
  expect(keys).toEqual([
    { name: 'text', text: 'j' },
    { name: 'text', text: 'ä' },
    { name: 'enter' },
    { name: 'up' },
  ]);
  painted.painter.close();
  painted.firstScreen.handOver();
  expect(String(painted.stdin.read())).toBe('\u001b[200~redis://a\r\u001b[201~k');
});

test('an Escape is a key once nothing follows it, and else the beginning of one', async () => {
  const painted = paint(viewWith(backendQuestion));
  painted.stdin.write('\u001b');
  await painted.drawn();
  expect(painted.events).toEqual([]);
  painted.stdin.write('[B');
  await painted.drawn();
  painted.stdin.write('\u001b');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(painted.events.map((event) => (event.type === 'key' ? event.key.name : ''))).toEqual([
    'down',
    'escape',
  ]);
  painted.close();
});
