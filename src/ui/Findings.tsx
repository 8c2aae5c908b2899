import type { FindingsView } from '../wizard/view.ts';
import { findingRows } from './finding-rows.ts';
import { Rows } from './Rows.tsx';
import { span } from './row.ts';
import { useTheme } from './theme.ts';

/** What the cluster says about the choice under the cursor, on lines of its own that never move. */
export function Findings({
  findings,
  width,
  rows,
}: {
  readonly findings: FindingsView;
  readonly width: number;
  readonly rows: number;
}) {
  const { symbols } = useTheme();
  if (rows < 2) return null;
  const coming = findings.state === 'coming' && findings.findings.length + findings.passed > 0;
  const title = [
    span(' On this cluster', 'strong'),
    span(coming ? ` ${symbols.ellipsis}` : '', 'muted'),
  ];
  const lines = [title, ...findingRows(findings, width, rows - 1, symbols)];
  return <Rows lines={lines} width={width} rows={rows} />;
}
