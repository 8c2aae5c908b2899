import { Box } from 'ink';
import type { ReviewBody } from '../wizard/view.ts';
import { Consent } from './Consent.tsx';
import { consentRows } from './consent-rows.ts';
import { Rows } from './Rows.tsx';
import { reviewRows } from './review-rows.ts';
import { useTheme } from './theme.ts';

/**
 * One calm screen before anything changes: where, what, what is wrong, what is written, the same
 * as a command, and the question that must be answered deliberately.
 */
export function Review({
  body,
  width,
  rows,
}: {
  readonly body: ReviewBody;
  readonly width: number;
  readonly rows: number;
}) {
  const theme = useTheme();
  const consent = consentRows(body, width, 3, theme).length;
  const gap = rows - consent >= 10 ? 1 : 0;
  const lines = reviewRows(body, width, rows - consent - gap, theme.symbols);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rows lines={lines} width={width} />
      <Rows lines={[[]]} width={width} rows={gap} />
      <Consent end={body} width={width} rows={consent} />
    </Box>
  );
}
