import { Box } from 'ink';
import type { View } from '../wizard/view.ts';
import { Body } from './Body.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { questionHeight } from './question-layout.ts';
import { Rows } from './Rows.tsx';
import { layOut } from './screen-layout.ts';
import type { Size } from './size.ts';
import { useTheme } from './theme.ts';

/** While questions are asked, the screen keeps this height where the terminal has it. */
const calmHeight = 22;

/** The whole screen: where we are, what is asked or told, the keys that work now. */
export function Screen({ view, size: given }: { readonly view: View; readonly size: Size }) {
  const { symbols } = useTheme();
  const { size, header, footer, gap, room } = layOut(view, given, symbols);
  const { width } = size;
  const isQuestion = view.body.kind === 'question';
  const calm = calmHeight - header - footer.length - gap;
  const rows =
    view.body.kind === 'question'
      ? Math.min(room, Math.max(questionHeight(view.body, size), calm))
      : room;
  return (
    <Box flexDirection="column" width={width}>
      <Header chrome={view.chrome} width={width} rows={header} />
      <Body body={view.body} size={size} rows={rows} fills={isQuestion} />
      <Rows lines={[[]]} width={width} rows={gap} />
      <Footer keys={view.keys} width={width} rows={footer.length} />
    </Box>
  );
}
