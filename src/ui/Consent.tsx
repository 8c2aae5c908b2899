import { Box } from 'ink';
import { type Consented, consentRows } from './consent-rows.ts';
import { Rows } from './Rows.tsx';
import { useTheme } from './theme.ts';

/** The last question before something changes. */
export function Consent({
  end,
  width,
  rows,
}: {
  readonly end: Consented;
  readonly width: number;
  readonly rows: number;
}) {
  const lines = consentRows(end, width, rows, useTheme());
  if (lines.length === 0) return null;
  return (
    <Box {...(end.consent?.input ? { 'aria-role': 'textbox' as const } : {})}>
      <Rows lines={lines} width={width} />
    </Box>
  );
}
