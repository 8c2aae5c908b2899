import { Box } from 'ink';
import type { LedgerBody } from '../wizard/view.ts';
import { Consent } from './Consent.tsx';
import { consentRows } from './consent-rows.ts';
import { ledgerRows } from './ledger-rows.ts';
import { Options } from './Options.tsx';
import { Rows } from './Rows.tsx';
import { useTheme } from './theme.ts';

/** What an uninstall takes away, and what becomes of the data. Keeping it is what Enter does. */
export function Ledger({
  body,
  width,
  rows,
}: {
  readonly body: LedgerBody;
  readonly width: number;
  readonly rows: number;
}) {
  const theme = useTheme();
  const consent = consentRows(body, width, 3, theme).length;
  const below = body.options.length + consent;
  const gap = rows - below >= 8 ? 1 : 0;
  const lines = ledgerRows(body, width, rows - below - gap, theme.symbols);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rows lines={lines} width={width} />
      <Rows lines={[[]]} width={width} rows={gap} />
      <Options
        options={body.options}
        cursor={body.cursor}
        width={width}
        rows={Math.min(body.options.length, rows)}
      />
      <Consent end={body} width={width} rows={consent} />
    </Box>
  );
}
