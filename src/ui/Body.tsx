import { Box } from 'ink';
import type { Body as BodyView } from '../wizard/view.ts';
import { Blocked } from './Blocked.tsx';
import { End } from './End.tsx';
import { Ledger } from './Ledger.tsx';
import { Lines } from './Lines.tsx';
import { Question } from './Question.tsx';
import { Review } from './Review.tsx';
import { Rollout } from './Rollout.tsx';
import type { Size } from './size.ts';
import { useTheme } from './theme.ts';
import { Waiting } from './Waiting.tsx';

/** What stands between header and footer: at most `rows` lines, exactly so many where it fills. */
export function Body({
  body,
  size,
  rows,
  fills,
}: {
  readonly body: BodyView;
  readonly size: Size;
  readonly rows: number;
  readonly fills: boolean;
}) {
  const { isSpoken } = useTheme();
  if (isSpoken) return draw(body, size, Number.MAX_SAFE_INTEGER);
  return (
    <Box
      flexDirection="column"
      flexShrink={0}
      overflow="hidden"
      {...(fills ? { height: rows } : { maxHeight: rows })}
    >
      {draw(body, size, rows)}
    </Box>
  );
}

function draw(body: BodyView, size: Size, rows: number) {
  const place = { width: size.width, rows };
  switch (body.kind) {
    case 'question':
      return <Question body={body} size={size} rows={rows} />;
    case 'waiting':
      return <Waiting text={body.text} width={size.width} />;
    case 'blocked':
      return <Blocked problems={body.problems} {...place} />;
    case 'review':
      return <Review body={body} {...place} />;
    case 'ledger':
      return <Ledger body={body} {...place} />;
    case 'rollout':
      return <Rollout body={body} {...place} />;
    case 'end':
      return <End body={body} {...place} />;
    case 'lines':
      return <Lines body={body} {...place} />;
  }
}
