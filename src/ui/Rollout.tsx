import { Box } from 'ink';
import type { RolloutBody } from '../wizard/view.ts';
import { Rows } from './Rows.tsx';
import { rolloutRows } from './rollout-rows.ts';
import { useTheme } from './theme.ts';

/** What happens now: the steps, every pod with its phase and reason, claims, the last event. */
export function Rollout({
  body,
  width,
  rows,
}: {
  readonly body: RolloutBody;
  readonly width: number;
  readonly rows: number;
}) {
  const lines = rolloutRows(body, width, rows, useTheme().symbols);
  return (
    <Box aria-role="progressbar" aria-state={{ busy: true }}>
      <Rows lines={lines} width={width} />
    </Box>
  );
}
