import { createJsonReporter, createTextReporter, type Reporter } from '../plain/reporter.ts';
import { type CommandContext, wantsJson } from './context.ts';

/**
 * Where the events of a command go: lines, or NDJSON on stdout. Where stdout takes a values file,
 * lines go to stderr.
 */
export function createReporter(context: CommandContext): Reporter {
  if (wantsJson(context)) return createJsonReporter(context.print);
  const write = context.flags.text('values-out') === '-' ? context.say : context.show;
  return createTextReporter(write, context.palette);
}
