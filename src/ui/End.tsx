import { Box } from 'ink';
import type { EndBody } from '../wizard/view.ts';
import { endRows } from './end-rows.ts';
import { Options } from './Options.tsx';
import { Rows } from './Rows.tsx';
import { span } from './row.ts';
import { useTheme } from './theme.ts';

/** How it ended. A failure is a page: the cause, its proof, what can be done, best first. */
export function End({
  body,
  width,
  rows,
}: {
  readonly body: EndBody;
  readonly width: number;
  readonly rows: number;
}) {
  const { symbols } = useTheme();
  const options = Math.min(body.options.length, Math.max(0, rows - 3));
  const isRoomy = rows - options >= 8;
  const head = options === 0 ? 0 : isRoomy ? 2 : 0;
  const lines = endRows(body, width, rows - options - head, symbols);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rows lines={lines} width={width} />
      <Rows lines={[[], [span(' What now?', 'strong')]]} width={width} rows={head} />
      <Options options={body.options} cursor={body.cursor} width={width} rows={options} />
    </Box>
  );
}
