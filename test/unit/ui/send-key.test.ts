import { expect, it } from 'vitest';
import { createTheme } from '../../../src/ui/looks.ts';
import { rowText } from '../../../src/ui/row.ts';
import { screenLines } from '../../../src/ui/screen-lines.ts';
import { sendKey } from '../../../src/ui/send-key.ts';
import { sizeOf } from '../../../src/ui/size.ts';
import type { KeyName } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import { createStore } from '../../../src/wizard/store.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connect, press, review, startWizard } from '../../support/wizard.ts';

const theme = createTheme({ colors: false, unicode: true, isSpoken: false });
const size = sizeOf(80, 24);

it.each<[string, readonly KeyName[], string]>([
  ['up after the end', ['end', 'up'], '83 to 99 of 100'],
  ['page up after the end', ['end', 'page-up'], '74 to 90 of 100'],
  ['up after too many page downs', [...Array<KeyName>(20).fill('page-down'), 'up'], '83 to 99'],
  ['down and up', ['down', 'down', 'up'], '2 to 18 of 100'],
])('in a long text %s moves at once', (_, keys, place) => {
  const manifest = Array.from({ length: 100 }, (_, index) => `line: ${index}`).join('\n');
  const reviewed = review(press(connect(startWizard()), '2', 'r'), { manifest });
  const store = createStore(press(reviewed, 'p'), reduce);
  for (const name of keys)
    sendKey({ name }, { store, view: () => viewOf(store.state()), size, theme });
  const lines = screenLines(viewOf(store.state()), size, theme).map(rowText);
  expect(lines.join('\n')).toContain(place);
});
