import type { Chrome } from '../wizard/view.ts';
import { headerRows } from './header-rows.ts';
import { Rows } from './Rows.tsx';
import { useTheme } from './theme.ts';

/**
 * What this is, where, and how far it has come:
 *
 * ```
 *  XERV  install                    prod-eu · namespace xerv · Kubernetes 1.33
 *  ✓ Target   ● Backend   · Storage   · Mesh   · Review                step 2/5
 * ```
 */
export function Header({
  chrome,
  width,
  rows,
}: {
  readonly chrome: Chrome;
  readonly width: number;
  /** 1: without the steps; 3: with a blank line after them. */
  readonly rows: number;
}) {
  const { symbols } = useTheme();
  return <Rows lines={headerRows(chrome, width, symbols)} width={width} rows={rows} />;
}
