import type { ReleaseEvent } from '../release/events.ts';
import { createEventFormatter } from './event-lines.ts';
import type { Palette } from './palette.ts';

/** Where the events of an invocation go. */
export interface Reporter {
  readonly event: (event: ReleaseEvent) => void;
}

type Write = (text: string) => void;

/** Append-only text. */
export function createTextReporter(write: Write, palette: Palette): Reporter {
  const format = createEventFormatter(palette);
  return {
    event: (event) => {
      for (const line of format(event)) write(`${line}\n`);
    },
  };
}

/** One JSON document a line; the last one is the outcome. */
export function createJsonReporter(write: Write): Reporter {
  return { event: (event) => write(`${JSON.stringify(event)}\n`) };
}
