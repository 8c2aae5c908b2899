import { mapTexts, toPrintableLines } from '../../printable.ts';
import type { FrontEnd } from '../../wizard/front-end.ts';
import type { WizardState } from '../../wizard/state.ts';
import type { View } from '../../wizard/view.ts';
import { fold } from '../fold.ts';
import { type LineInput, openLineReader } from '../line-reader.ts';
import type { Palette } from '../palette.ts';
import { holdDialogue, type Patience } from './dialogue.ts';

export interface PlainOptions {
  readonly stdin: LineInput;
  readonly stdout: { readonly write: (text: string) => unknown; readonly columns?: number };
  readonly palette: Palette;
  readonly unicode: boolean;
  readonly viewOf: (state: WizardState) => View;
  readonly patience?: Patience;
}

const usualPatience: Patience = { connection: 5000, findings: 800 };

/**
 * The wizard as lines that are only ever appended: for screen readers, terminals that cannot move a
 * cursor, and whoever asks for it. A signal is not read here: it comes as an event.
 */
export function openPlain({
  stdin,
  stdout,
  palette,
  unicode,
  viewOf,
  ...rest
}: PlainOptions): FrontEnd {
  const write = (text: string) => void stdout.write(text);
  // What comes from the cluster may hold escape sequences.
  const printable = <T>(shown: T) => mapTexts(shown, (text) => toPrintableLines(text, unicode));
  return {
    run: async (store) => {
      const reader = openLineReader(stdin, write);
      const { patience = usualPatience } = rest;
      const print = (lines: readonly string[]) => {
        if (lines.length > 0) write(`${fold(lines.join('\n'), stdout.columns)}\n`);
      };
      try {
        await holdDialogue({
          store,
          reader,
          viewOf: (state) => printable(viewOf(state)),
          printable,
          palette,
          patience,
          print,
          ask: write,
        });
      } finally {
        reader.close();
      }
    },
  };
}
