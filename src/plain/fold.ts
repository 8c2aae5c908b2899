import { fill, unstyled, widthOf } from './fill.ts';

/** What people paste; it ends where the line or a sentence ends. */
const command =
  /(?:kubectl (?:-|(?:annotate|apply|auth|create|delete|describe|edit|get|label|logs|patch|port-forward|rollout|scale|uncordon) )|helm (?:get|history|rollback|test|uninstall|upgrade) |create-xerv-deploy [a-z])(?:(?!\. [A-Z]).)*\.?/;

/**
 * Breaks lines between words where they are wider than the terminal, which would break them
 * anywhere. What follows stands below the first word. Commands are never broken: a terminal puts
 * them together again when they are copied, which it cannot do with lines of ours.
 * @param text lines, with styles or without
 * @param columns how wide the terminal is; undefined where the output is none, and nothing is done
 */
export function fold(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < 20) return text;
  return text
    .split('\n')
    .map((line) => (widthOf(line) > columns ? foldLine(line, columns) : line))
    .join('\n');
}

function foldLine(line: string, columns: number): string {
  const [lead = ''] = /^ */.exec(line) ?? [];
  const hanging = ' '.repeat(lead.length + hangs(line, lead));
  return fill(unitsOf(line.slice(lead.length)), columns, lead, hanging).join('\n');
}

/** Words and commands, each with the spaces that follow it. */
function unitsOf(text: string): string[] {
  const found = command.exec(text);
  const words = (part: string) => part.match(/\S+ */g) ?? [];
  if (!found) return words(text);
  const end = found.index + found[0].length;
  const spaces = /^ */.exec(text.slice(end))?.[0] ?? '';
  return [...words(text.slice(0, found.index)), found[0] + spaces, ...unitsOf(text.slice(end))];
}

/** By how much what follows stands further in than the line began. */
function hangs(line: string, lead: string): number {
  const step = /^ *(\d+\. )/.exec(unstyled(line))?.[1];
  if (step !== undefined) return step.length;
  return beginsWithSign(line) || lead === '' ? 2 : 0;
}

/** A bullet, a tick, the bar before evidence: one character that is no word. */
function beginsWithSign(line: string): boolean {
  return /^ *[^\p{L}\p{N}\s] /u.test(unstyled(line));
}
