import { Box } from 'ink';
import type { QuestionBody } from '../wizard/view.ts';
import { Changes } from './Changes.tsx';
import { Findings } from './Findings.tsx';
import { inputRow } from './input-row.ts';
import { Options } from './Options.tsx';
import { problemRows } from './problem-rows.ts';
import { arrangeQuestion, detailRows, titleRows } from './question-layout.ts';
import { Rows } from './Rows.tsx';
import { span } from './row.ts';
import type { Size } from './size.ts';
import { useTheme } from './theme.ts';
import { wrap } from './wrap.ts';

/**
 * One question: what is asked, what can be chosen or typed, and, below it or beside it, what the
 * cluster says about the choice under the cursor and what it changes. Each part has lines of its
 * own, so that nothing moves while one looks at it.
 */
export function Question({
  body,
  size,
  rows,
}: {
  readonly body: QuestionBody;
  readonly size: Size;
  readonly rows: number;
}) {
  const theme = useTheme();
  const { symbols, isSpoken } = theme;
  const layout = arrangeQuestion(body, size, rows);
  const { parts, width } = layout;
  const gap = (lines: number) => <Rows lines={[[]]} width={width} rows={lines} />;
  const help =
    body.problem === undefined
      ? wrap(body.help, width - 1, parts.help, symbols.ellipsis).map((text) => [
          span(` ${text}`, 'muted'),
        ])
      : problemRows(body.problem, width, parts.help, symbols);
  const input =
    body.input &&
    inputRow(body.input, {
      width,
      hasFocus: body.cursor < 0,
      hasOptions: body.optionCount > 0,
      theme,
    });
  const question = (
    <Box flexDirection="column" width={width} flexShrink={0}>
      <Rows lines={titleRows(body, width, parts.title)} width={width} rows={parts.title} />
      <Rows lines={help} width={width} rows={isSpoken ? help.length : parts.help} />
      {gap(parts.gapBeforeList)}
      {body.filter === undefined || parts.filter === 0 ? null : (
        <Rows lines={[filterRow(body, symbols.caret)]} width={width} rows={parts.filter} />
      )}
      <Box flexDirection="column" flexShrink={0} {...(isSpoken ? {} : { height: parts.list })}>
        <Options options={body.options} cursor={body.cursor} width={width} rows={parts.list} />
        {body.options.length === 0 && body.optionCount > 0 ? (
          <Rows lines={[[span('    nothing matches', 'muted')]]} width={width} rows={parts.list} />
        ) : null}
      </Box>
      {input === undefined ? null : (
        <Box aria-role="textbox">
          <Rows lines={[input]} width={width} rows={parts.input} />
        </Box>
      )}
      {gap(parts.gapBeforeDetail)}
      <Rows
        lines={detailRows(body, width, parts.detail, symbols)}
        width={width}
        rows={parts.detail}
      />
    </Box>
  );
  const aside = (
    <Box flexDirection="column" flexShrink={0}>
      {body.findings === undefined ? null : (
        <Findings findings={body.findings} width={layout.asideWidth} rows={parts.findings} />
      )}
      {gap(parts.gapBeforeChanges)}
      <Changes changes={body.changes ?? []} width={layout.asideWidth} rows={parts.changes} />
    </Box>
  );
  if (!size.isWide)
    return (
      <Box flexDirection="column" flexShrink={0}>
        {question}
        {gap(parts.gapBeforeFindings)}
        {aside}
      </Box>
    );
  return (
    <Box columnGap={layout.gutter} flexShrink={0}>
      {question}
      {aside}
    </Box>
  );
}

function filterRow({ filter = '', isFiltering }: QuestionBody, caret: string) {
  if (filter === '' && !isFiltering) return [];
  return [span('    filter ', 'muted'), span(`${filter}${isFiltering ? caret : ''}`)];
}
