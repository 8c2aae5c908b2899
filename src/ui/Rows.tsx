import { Box } from 'ink';
import { Row } from './Row.tsx';
import type { RowText } from './row.ts';

/** Lines below each other: exactly `rows` of them, where that is given. */
export function Rows({
  lines,
  width,
  rows,
}: {
  readonly lines: readonly RowText[];
  readonly width: number;
  readonly rows?: number;
}) {
  if (rows === 0) return null;
  return (
    <Box
      flexDirection="column"
      flexShrink={0}
      width={width}
      {...(rows === undefined ? {} : { height: rows })}
    >
      {lines.slice(0, rows).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Row key={index} spans={spans} width={width} />
      ))}
    </Box>
  );
}
