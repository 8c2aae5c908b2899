import type { Chrome, View } from '../wizard/view.ts';
import { footerRows } from './footer-rows.ts';
import { headerRows } from './header-rows.ts';
import type { Symbols } from './looks.ts';
import { exactly } from './part.ts';
import type { RowText } from './row.ts';
import type { Size } from './size.ts';

/** Lines beyond this are hard to follow, but for a question, which has two columns. */
const readableWidth = 100;

/** What stands above and below the body of a screen, and the room that is left for it. */
export interface ScreenLayout {
  readonly size: Size;
  readonly header: readonly RowText[];
  /** A blank line, where there is room for one, and the keys. */
  readonly footer: readonly RowText[];
  readonly room: number;
}

export function layOut({ body, keys, chrome }: View, given: Size, symbols: Symbols): ScreenLayout {
  const size = readable(given, body);
  // They stay where they are from one screen to the next.
  const footer = footerRows(keys, given.width, size.isSmall ? 1 : 2, symbols);
  const below = size.isSmall ? footer : [[], ...footer];
  const header = exactly(
    headerRows(chrome, given.width, symbols),
    Math.min(headerHeight(chrome, size), size.height),
  );
  return {
    size,
    header,
    footer: below,
    room: Math.max(0, size.height - header.length - below.length),
  };
}

/** 1: without the steps; 3: with a blank line after them. */
function headerHeight({ steps }: Chrome, { isSmall }: Size): number {
  if (isSmall) return 1;
  return steps.some(({ state }) => state === 'current') ? 3 : 2;
}

function readable(size: Size, { kind }: View['body']): Size {
  if (kind === 'question' || kind === 'lines') return size;
  return { ...size, width: Math.min(size.width, readableWidth) };
}
