import { Box, Text } from 'ink';
import type { Body, View } from '../wizard/view.ts';
import { bodyColumns } from './body-columns.ts';
import type { Theme } from './looks.ts';
import type { Part } from './part.ts';
import { type RowText, rowText, span } from './row.ts';
import { layOut } from './screen-layout.ts';
import type { Size } from './size.ts';

/**
 * The whole screen for somebody who hears it: nothing is cut, and each part says what it is. Once it
 * is left, how it ended.
 */
export function Spoken({
  view,
  hasLeft,
  size: given,
  theme,
}: {
  readonly view: View;
  readonly hasLeft: boolean;
  readonly size: Size;
  readonly theme: Theme;
}) {
  const { body } = view;
  const { size, header, footer } = layOut(view, given, theme.symbols);
  if (hasLeft)
    return body.kind === 'end' ? (
      <SpokenBody body={{ ...body, options: [] }} size={size} theme={theme} />
    ) : null;
  return (
    <Box flexDirection="column">
      <Lines lines={[...header.slice(0, 1), stepRow(view.chrome)]} />
      <SpokenBody body={body} size={size} theme={theme} />
      <Lines lines={footer} />
    </Box>
  );
}

/** Which step it is: without the marks, a row of all of them says that of none. */
function stepRow({ steps }: View['chrome']): RowText {
  const current = steps.findIndex(({ state }) => state === 'current');
  const { label } = steps[current] ?? {};
  return label === undefined ? [] : [span(` step ${current + 1} of ${steps.length}: ${label}`)];
}

function SpokenBody({
  body,
  size,
  theme,
}: {
  readonly body: Body;
  readonly size: Size;
  readonly theme: Theme;
}) {
  const columns = bodyColumns(body, size, Number.MAX_SAFE_INTEGER, theme);
  return (
    <Box flexDirection="column">
      {columns
        .flatMap(({ parts }) => parts)
        .map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place on the screen
          <SpokenPart key={index} part={part} />
        ))}
    </Box>
  );
}

function SpokenPart({ part: { lines, role, options } }: { readonly part: Part }) {
  const heard = {
    ...(role === undefined ? {} : { 'aria-role': role }),
    ...(role === 'timer' || role === 'progressbar' ? { 'aria-state': { busy: true } } : {}),
  };
  if (!options)
    return (
      <Box flexDirection="column" {...heard}>
        <Lines lines={lines} />
      </Box>
    );
  return (
    <Box flexDirection="column" {...heard}>
      {options.map((state, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place in the list
        <Box key={index} aria-role="option" aria-state={state}>
          <Lines lines={lines.slice(index, index + 1)} />
        </Box>
      ))}
    </Box>
  );
}

function Lines({ lines }: { readonly lines: readonly RowText[] }) {
  const texts = lines.map(rowText).filter((text) => text.trim() !== '');
  return (
    <Box flexDirection="column">
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Text key={index}>{text}</Text>
      ))}
    </Box>
  );
}
