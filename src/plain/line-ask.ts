import { type Ask, AskCancelled } from './ask.ts';
import type { LineInput } from './line-reader.ts';

interface LineAskOptions {
  readonly stdin: LineInput;
  readonly write: (text: string) => void;
  /** Ends an open question with AskCancelled. */
  readonly signal: AbortSignal;
}

/** The questions of the commands as lines, where a prompt that redraws itself would do harm. */
export function createLineAsk({ stdin, write, signal }: LineAskOptions): Ask {
  const askLine = async (question: string): Promise<string> => {
    const { openLineReader } = await import('./line-reader.ts');
    const reader = openLineReader(stdin, write);
    try {
      write(question);
      const read = await reader.next(false, signal);
      if (read?.kind === 'line') return read.text.trim();
      write('\n');
      throw new AskCancelled();
    } finally {
      reader.close();
    }
  };
  return {
    confirm: async (message) => /^y(es)?$/i.test(await askLine(`${message} (y/N) `)),
    choose: async (message, choices) => {
      const lines = choices.map(({ name }, index) => `  ${index + 1}. ${name}\n`);
      write(`${message}\n${lines.join('')}`);
      for (;;) {
        const chosen = choices[Number(await askLine(`Number, 1 to ${choices.length}: `)) - 1];
        if (chosen) return chosen.value;
      }
    },
    typed: async (message, expected) => (await askLine(`${message} `)) === expected,
  };
}
