import { Box } from 'ink';
import { Rows } from './Rows.tsx';
import { span } from './row.ts';

/** Something is being looked up or made; no spinner: the text says what. */
export function Waiting({ text, width }: { readonly text: string; readonly width: number }) {
  return (
    <Box aria-role="timer" aria-state={{ busy: true }}>
      <Rows lines={[[span(` ${text}`)]]} width={width} rows={1} />
    </Box>
  );
}
