import { Box } from 'ink';
import type { ConsentView } from '../wizard/view.ts';
import { consentRows } from './consent-rows.ts';
import { Rows } from './Rows.tsx';
import { useTheme } from './theme.ts';

/** The last question before something changes. */
export function Consent({
  consent,
  width,
  rows,
}: {
  readonly consent: ConsentView;
  readonly width: number;
  readonly rows: number;
}) {
  const lines = consentRows(consent, width, rows, useTheme());
  return (
    <Box aria-role="textbox" aria-state={{ required: true }}>
      <Rows lines={lines} width={width} />
    </Box>
  );
}
