import type { Finding } from '../checks/types.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { formatHeading } from '../plain/heading.ts';
import { formatJunit } from '../plain/junit.ts';
import type { CommandContext } from './context.ts';

type About = Parameters<typeof formatHeading>[1];

/** What `check` prints, in the form that was asked for. */
export function reportFindings(
  context: CommandContext,
  findings: readonly Finding[],
  about: About,
): ExitCode {
  const isText = (context.flags.text('output') ?? 'text') === 'text';
  const write = isText ? context.show : context.print;
  write(format(context, findings, about));
  return findings.some(({ status }) => status === 'fail') ? exitCodes.unfit : exitCodes.done;
}

function format(
  { flags, palette }: CommandContext,
  findings: readonly Finding[],
  about: About,
): string {
  const { target, takenAt } = about;
  switch (flags.text('output')) {
    case 'json':
      return `${JSON.stringify({ version: 1, target, ...(takenAt && { takenAt }), findings })}\n`;
    case 'junit':
      return formatJunit(findings, target);
    default: {
      const lines = [
        ...formatHeading('check', about, palette),
        ...formatFindings(findings, palette, flags.isOn('verbose')),
      ];
      return `${lines.join('\n')}\n`;
    }
  }
}
