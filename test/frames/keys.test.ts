import { expect, test } from 'vitest';
import { openFrames } from '../support/frames.ts';
import { backendQuestion, done, rollout, viewWith } from '../support/views.ts';

async function keysOf(typed: string): Promise<unknown[]> {
  const frames = openFrames(viewWith(backendQuestion));
  const events = await frames.press(typed);
  await frames.leave();
  return events.map((event) => {
    if (event.type !== 'key') return event.type;
    return event.key.name === 'text' ? event.key.text : `<${event.key.name}>`;
  });
}

test.each([
  ['\u001b[A\u001b[B\u001bOA', ['<up>', '<down>', '<up>']],
  ['\r', ['<enter>']],
  ['\u001b[Z\t', ['<shift-tab>', '<tab>']],
  ['\u007f', ['<backspace>']],
  ['\u0003', ['<ctrl-c>']],
  ['\u0015', ['<ctrl-u>']],
  ['\u0005', ['<ctrl-e>']],
  ['\u001b[5~\u001b[6~\u001b[H\u001b[F', ['<page-up>', '<page-down>', '<home>', '<end>']],
  ['j?', ['j', '?']],
  ['ünï', ['ü', 'n', 'ï']],
])('%j', async (typed, expected) => {
  expect(await keysOf(typed)).toEqual(expected);
});

test('keys typed ahead come one by one, Enter among them', async () => {
  expect(await keysOf('jj\r50Gi\r')).toEqual(['j', 'j', '<enter>', '5', '0', 'G', 'i', '<enter>']);
});

test('a lone Escape is a key once nothing follows it', async () => {
  expect(await keysOf('\u001b')).toEqual(['<escape>']);
});

test('a paste is one text, and its line ends answer nothing', async () => {
  expect(await keysOf('\u001b[200~redis://a\r\nb\u001b[201~')).toEqual(['redis://a b']);
});

test('the terminal reads keys one by one until it is left, and has its cursor again', async () => {
  const frames = openFrames(viewWith(done));
  await frames.press('');
  expect(frames.isRaw()).toBe(true);
  await frames.leave();
  expect(frames.isRaw()).toBe(false);
  expect(frames.bytes().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
    frames.bytes().lastIndexOf('\u001b[?25l'),
  );
  expect(frames.bytes().lastIndexOf('\u001b[?2004l')).toBeGreaterThan(
    frames.bytes().lastIndexOf('\u001b[?2004h'),
  );
});

test('what is done stays above the screen, once', async () => {
  const frames = openFrames(viewWith(backendQuestion));
  await frames.lines();
  await frames.show(viewWith(rollout, { transcript: [{ text: 'values written', tone: 'good' }] }));
  await frames.show(
    viewWith(done, {
      transcript: [
        { text: 'values written', tone: 'good' },
        { text: 'objects applied', tone: 'good' },
      ],
    }),
  );
  const left = await frames.leave();
  expect(left.filter((line) => line !== '')).toEqual([
    ' values written',
    ' objects applied',
    ' ✓ XERV is running: 3 of 3 pods ready',
    ' Release xerv is at revision 1.',
    '   Inside     http://xerv.xerv.svc:8080',
    '   From here  kubectl -n xerv port-forward svc/xerv 8080',
    '   Look       create-xerv-deploy status -n xerv',
    '   Values     ./xerv-values.yaml (keep it: the next upgrade starts there)',
  ]);
});

test('all of how it ended stays, also where the terminal is lower than that', async () => {
  const frames = openFrames(viewWith(done), { columns: 40, rows: 8 });
  await frames.lines();
  const left = (await frames.leave()).map((line) => line.trim());
  expect(left.join(' ')).not.toContain('…');
  for (const line of done.kind === 'end' ? done.next : [])
    expect(left.join(' ')).toContain(line.split(/ {2,}/)[1]);
  expect(left.filter((line) => line.startsWith('✓'))).toHaveLength(1);
  expect(left.at(-1)).toBe('starts there)');
});

test('nothing of a question stays', async () => {
  const frames = openFrames(viewWith(backendQuestion));
  await frames.lines();
  expect(await frames.leave()).toEqual([]);
});

test.each([
  [120, 30, 60, 20],
  [120, 30, 90, 30],
  [80, 24, 40, 12],
  [80, 24, 140, 45],
  [40, 12, 80, 24],
])('from %i x %i to %i x %i one frame is seen', async (columns, rows, toColumns, toRows) => {
  const frames = openFrames(viewWith(backendQuestion), { columns, rows });
  await frames.lines();
  const lines = await frames.resize(toColumns, toRows);
  // Lines that the terminal itself has moved into its scrollback are beyond reach.
  const visible = lines.slice(frames.emulator.buffer.active.baseY);
  expect(visible.filter((line) => line.includes('XERV  install'))).toHaveLength(1);
  expect(visible.filter((line) => line.includes('^C quit'))).toHaveLength(1);
  expect(frames.bytes()).not.toContain('\u001b[3J');
  expect(frames.clearings()).toBe(0);
  await frames.leave();
});

test('moving the cursor moves nothing else', async () => {
  const frames = openFrames(viewWith(backendQuestion));
  const before = await frames.lines();
  const after = await frames.show(
    viewWith({
      ...backendQuestion,
      cursor: 2,
      findings: { state: 'coming', findings: [], passed: 0, needCluster: 0 },
      changes: [],
    }),
  );
  expect(after.length).toBe(before.length);
  const place = (lines: readonly string[], text: string) =>
    lines.findIndex((line) => line.includes(text));
  for (const text of ['On this cluster', ' values ', 'Memory', '^C quit'])
    expect(place(after, text), text).toBe(place(before, text));
  await frames.leave();
});

test('a screen reader is told roles and states in words', async () => {
  const frames = openFrames(viewWith(backendQuestion), { env: { INK_SCREEN_READER: 'true' } });
  const text = (await frames.lines()).join('\n');
  await frames.leave();
  expect(text).toContain('listbox');
  expect(text).toMatch(/option: \(selected\) Raft/);
  expect(text).toMatch(/option: \(disabled\) NATS, cannot work/);
  expect(text).toContain('step 3 of 8: Backend');
  expect(text).not.toContain('Mesh');
  expect(text).toContain('Warning: The volumes');
  expect(text).not.toMatch(/[❯✓●·✗]/);
});
