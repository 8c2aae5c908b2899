import { mapTexts, toPrintable } from '../printable.ts';
import { placeNames } from '../wizard/view/place.ts';
import type { View } from '../wizard/view.ts';
import { firstSteps } from './first-steps.ts';
import type { FirstTarget } from './first-target.ts';
import { createTheme } from './looks.ts';
import { layOut } from './screen-layout.ts';
import { sizeOf } from './size.ts';
import { styledLine } from './styled-line.ts';
import { waitingPart } from './waiting-part.ts';

/** The terminal, as far as the frame depends on it. */
export interface FirstLook {
  readonly columns: number;
  readonly rows: number;
  readonly colors: boolean;
  readonly unicode: boolean;
}

type FirstView = View & { readonly body: { readonly kind: 'waiting'; readonly text: string } };

/** What is seen before anything is known. */
export function firstView({ title, ...target }: FirstTarget): FirstView {
  return {
    chrome: { title, place: placeNames(target), steps: firstSteps[title] },
    body: { kind: 'waiting', text: 'Looking for clusters and presets…' },
    keys: [{ key: 'ctrl-c', does: 'leave' }],
    transcript: [],
  };
}

/**
 * A first view as it is drawn ever after (test/frames/first-frame.test.ts holds them against each
 * other), without loading what draws the others: it is there before that could be.
 * @returns lines, without the end of the last one
 */
export function firstFrame(
  given: FirstView,
  { columns, rows, colors, unicode }: FirstLook,
): string[] {
  const view = mapTexts(given, (text) => toPrintable(text, unicode));
  const theme = createTheme({ colors, unicode, isSpoken: false });
  const size = sizeOf(columns, rows);
  const { header, footer, room } = layOut(view, size, theme.symbols);
  const body = waitingPart(view.body.text).lines.slice(0, room);
  return [...header, ...body, ...footer].map((line) => styledLine(line, size.width, theme));
}
