import { expect, it } from 'vitest';
import { createTheme } from '../../../src/ui/looks.ts';
import { rowText } from '../../../src/ui/row.ts';
import { screenLines } from '../../../src/ui/screen-lines.ts';
import { sizeOf } from '../../../src/ui/size.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connect, press, review, startWizard } from '../../support/wizard.ts';

it('the header stays where it is from the question to the review, on a wide terminal, too', () => {
  const theme = createTheme({ colors: false, unicode: true, isSpoken: false });
  const asked = connect(startWizard());
  const headers = [asked, review(press(asked, '2', 'r'))].map((state) =>
    rowText(screenLines(viewOf(state), sizeOf(140, 45), theme)[0] ?? []),
  );
  expect(headers[1]).toBe(headers[0]);
});
