import type { KeyHint } from '../wizard/view.ts';
import { footerRows } from './footer-rows.ts';
import { Rows } from './Rows.tsx';
import { useTheme } from './theme.ts';

/** The keys that work now: ` ↑↓ move   enter choose   esc back   ? keys   ^C quit`. */
export function Footer({
  keys,
  width,
  rows,
}: {
  readonly keys: readonly KeyHint[];
  readonly width: number;
  readonly rows: number;
}) {
  const { symbols } = useTheme();
  return <Rows lines={footerRows(keys, width, rows, symbols)} width={width} rows={rows} />;
}
