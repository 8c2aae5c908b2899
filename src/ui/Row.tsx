import { Text } from 'ink';
import { createElement } from 'react';
import { roles } from './looks.ts';
import { fitRow, type RowText } from './row.ts';
import { useTheme } from './theme.ts';

/** One line. An empty one takes its line all the same. */
export function Row({ spans, width }: { readonly spans: RowText; readonly width: number }) {
  const { colors, isSpoken, symbols } = useTheme();
  const shown = isSpoken ? spans : fitRow(spans, width, symbols.ellipsis);
  if (isSpoken && shown.every(({ text }) => text.trim() === '')) return null;
  return createElement(
    Text,
    isSpoken ? {} : { wrap: 'truncate' },
    ...shown.map(({ text, role }) => (colors ? createElement(Text, roles[role], text) : text)),
    ...(shown.length === 0 ? [' '] : []),
  );
}
