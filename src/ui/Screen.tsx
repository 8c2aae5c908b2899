import { Box } from 'ink';
import type { View } from '../wizard/view.ts';
import { Body } from './Body.tsx';
import { Footer, footerRows } from './Footer.tsx';
import { Header } from './Header.tsx';
import { questionHeight } from './question-layout.ts';
import { Rows } from './Rows.tsx';
import type { Size } from './size.ts';
import { useTheme } from './theme.ts';

/** While questions are asked, the screen keeps this height where the terminal has it. */
const calmHeight = 22;

/** The whole screen: where we are, what is asked or told, the keys that work now. */
export function Screen({ view, size: given }: { readonly view: View; readonly size: Size }) {
  const { symbols } = useTheme();
  const size = readable(given, view.body);
  const { width, height } = size;
  const header = size.isSmall ? 1 : 3;
  const hints = footerRows(view.keys, width, size.isSmall ? 1 : 2, symbols).length;
  const gap = size.isSmall ? 0 : 1;
  const room = Math.max(0, height - header - hints - gap);
  const isQuestion = view.body.kind === 'question';
  const rows =
    view.body.kind === 'question'
      ? Math.min(room, Math.max(questionHeight(view.body, size), calmHeight - header - hints - gap))
      : room;
  return (
    <Box flexDirection="column" width={width}>
      <Header chrome={view.chrome} width={width} rows={Math.min(header, height)} />
      <Body body={view.body} size={size} rows={rows} fills={isQuestion} />
      <Rows lines={[[]]} width={width} rows={gap} />
      <Footer keys={view.keys} width={width} rows={hints} />
    </Box>
  );
}

/** Lines beyond this are hard to follow, but for a question, which has two columns. */
const readableWidth = 100;

function readable(size: Size, { kind }: View['body']): Size {
  if (kind === 'question' || kind === 'lines') return size;
  return { ...size, width: Math.min(size.width, readableWidth) };
}
