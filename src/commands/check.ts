import type { Finding } from '../checks/types.ts';
import type { FactName } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { formatHeading } from '../plain/heading.ts';
import { formatJunit } from '../plain/junit.ts';
import type { CommandContext } from './context.ts';
import { type Draft, makeDraft } from './draft.ts';
import { fixValues } from './fix.ts';
import { judge } from './judge.ts';
import { readRequest } from './read-request.ts';
import { refuseProblems } from './refuse.ts';
import { beginSession } from './session.ts';
import { type Skips, skipFindings } from './skips.ts';
import type { ValuesInput } from './values-input.ts';

/**
 * `check`: what will not work with these values on this cluster. Changes nothing in the cluster;
 * with --fix, the values file.
 */
export async function check(context: CommandContext): Promise<ExitCode> {
  const isOffline = context.flags.text('facts') !== undefined;
  const opening = isOffline ? undefined : beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  for (const name of ['fix', 'facts-out', 'reuse-values'])
    if (isOffline && (context.flags.isOn(name) || context.flags.text(name) !== undefined))
      problems.push({ message: `--${name} needs the cluster that --facts stands for.` });
  const reuses = context.flags.isOn('reuse-values');
  const request = await readRequest(context, problems, !isOffline && !reuses);
  const { chart, skips, input, layers, early } = request;
  if (!opening) {
    refuseProblems(exitCodes.usage, problems);
    const { checkOffline } = await import('./check-offline.ts');
    const { snapshot, findings } = await checkOffline(context, chart, layers);
    const { target, takenAt } = snapshot;
    return report(context, skipFindings(findings, skips), { target, takenAt });
  }
  const session = await opening.finish(problems);
  try {
    // Nothing given: what is live is judged.
    const startsFromLive = layers.length === 0 || reuses;
    const draft = await makeDraft(context, session, {
      chart,
      input,
      early,
      startsFromLive: () => startsFromLive,
    });
    const findings = await lookAndMend(context, draft, { input, skips });
    return report(context, findings, { target: session.target, live: draft.live, startsFromLive });
  } finally {
    await session.close();
  }
}

async function lookAndMend(
  context: CommandContext,
  draft: Draft,
  { input, skips }: { readonly input: ValuesInput; readonly skips: Skips },
): Promise<readonly Finding[]> {
  const file = context.flags.text('facts-out');
  const look = async (of: Draft, more: readonly FactName[]) => {
    const judgement = await judge(context, of, draft.live ? 'upgrade' : 'install', { more });
    refuseProblems(exitCodes.usage, judgement.problems);
    return { ...judgement, findings: skipFindings(judgement.findings, skips) };
  };
  const { findings, facts } = await look(draft, file === undefined ? [] : await lastingParts());
  if (file !== undefined) {
    const { saveFacts } = await import('./save-facts.ts');
    await saveFacts(context, draft.session.target, facts, file);
  }
  if (!context.flags.isOn('fix')) return findings;
  const fixed = await fixValues(context, draft, input, findings);
  return fixed ? (await look(fixed, [])).findings : findings;
}

/** Parts that tell of the cluster and not of these values alone. */
async function lastingParts(): Promise<readonly FactName[]> {
  const { factSchemas } = await import('../cluster/facts/fact-schemas.ts');
  return (Object.keys(factSchemas) as FactName[]).filter(
    (name) => name !== 'obstacles' && name !== 'dryRun',
  );
}

type About = Parameters<typeof formatHeading>[1];

function report(context: CommandContext, findings: readonly Finding[], about: About): ExitCode {
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
