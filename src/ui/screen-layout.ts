import type { View } from '../wizard/view.ts';
import { footerRows } from './footer-rows.ts';
import type { Symbols } from './looks.ts';
import type { RowText } from './row.ts';
import type { Size } from './size.ts';

/** Lines beyond this are hard to follow, but for a question, which has two columns. */
const readableWidth = 100;

/** What stands above and below the body of a screen, and the room that is left for it. */
export interface ScreenLayout {
  readonly size: Size;
  readonly header: number;
  readonly footer: readonly RowText[];
  /** Blank lines above the footer. */
  readonly gap: number;
  readonly room: number;
}

export function layOut({ body, keys, chrome }: View, given: Size, symbols: Symbols): ScreenLayout {
  const size = readable(given, body);
  const hasSteps = chrome.steps.some(({ state }) => state === 'current');
  const header = Math.min(size.isSmall ? 1 : hasSteps ? 3 : 2, size.height);
  const footer = footerRows(keys, size.width, size.isSmall ? 1 : 2, symbols);
  const gap = size.isSmall ? 0 : 1;
  return {
    size,
    header,
    footer,
    gap,
    room: Math.max(0, size.height - header - footer.length - gap),
  };
}

function readable(size: Size, { kind }: View['body']): Size {
  if (kind === 'question' || kind === 'lines') return size;
  return { ...size, width: Math.min(size.width, readableWidth) };
}
