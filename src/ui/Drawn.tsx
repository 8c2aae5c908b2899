import { Box, Text } from 'ink';
import { memo } from 'react';

/** Lines that are laid out and styled already: Ink has little to do where few of them change. */
export function Drawn({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Line key={index} line={line} />
      ))}
    </Box>
  );
}

const Line = memo(({ line }: { readonly line: string }) => (
  // An empty one takes its line all the same.
  <Text wrap="truncate">{line === '' ? ' ' : line}</Text>
));
