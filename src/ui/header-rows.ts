import type { Chrome, StepMark } from '../wizard/view.ts';
import type { Symbols } from './looks.ts';
import { placeText } from './place-text.ts';
import { type RowText, rowWidth, span, spread } from './row.ts';

/** What this is, where, and how far it has come. */
export function headerRows(chrome: Chrome, width: number, symbols: Symbols): RowText[] {
  const title = [span(' '), span('XERV', 'accent'), span(`  ${chrome.title}`, 'strong')];
  const place = placeText(chrome.place, width - rowWidth(title) - 2, symbols);
  return [
    spread(title, place === '' ? [] : [span(place, 'muted')], width, symbols.ellipsis),
    stepRow(chrome.steps, width, symbols),
  ];
}

/** The steps; where they do not all fit, those around the current one. */
function stepRow(steps: readonly StepMark[], width: number, symbols: Symbols): RowText {
  const current = steps.findIndex(({ state }) => state === 'current');
  const count = [span(`step ${current + 1}/${steps.length}`, 'muted')];
  if (current < 0) return [];
  const room = width - rowWidth(count) - 3;
  let first = 0;
  let last = steps.length;
  const marks = () => steps.slice(first, last).flatMap((step) => mark(step, symbols));
  while (rowWidth(marks()) > room && last - first > 1) {
    if (last - 1 - current > current - first) last -= 1;
    else first += 1;
  }
  return spread([span(' '), ...marks()], count, width, symbols.ellipsis);
}

function mark({ label, state }: StepMark, symbols: Symbols): RowText {
  const role = ({ done: 'good', current: 'accent', open: 'muted' } as const)[state];
  const labelRole = ({ done: 'plain', current: 'strong', open: 'muted' } as const)[state];
  return [span(symbols[state], role), span(` ${label}   `, labelRole)];
}
