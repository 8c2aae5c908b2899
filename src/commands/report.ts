import type { ExitCode } from '../exit-codes.ts';
import type { Reporter } from '../plain/reporter.ts';
import type { ReleaseEvent } from '../release/events.ts';
import type { Outcome } from '../release/outcome.ts';
import type { CommandContext } from './context.ts';

/** Hands every event on as it comes. @returns what the process ends with */
export async function reportAll(
  { concluded }: Pick<CommandContext, 'concluded'>,
  reporter: Reporter,
  events: AsyncGenerator<ReleaseEvent, Outcome>,
): Promise<ExitCode> {
  for (;;) {
    const next = await events.next();
    if (next.done) {
      concluded(next.value.exitCode);
      return next.value.exitCode;
    }
    reporter.event(next.value);
  }
}
