import type { Finding } from '../checks/types.ts';
import { type FactName, factSchemas } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { formatJunit } from '../plain/junit.ts';
import type { Target } from '../release/events.ts';
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
  for (const name of ['fix', 'facts-out'])
    if (isOffline && (context.flags.isOn(name) || context.flags.text(name) !== undefined))
      problems.push({ message: `--${name} needs the cluster that --facts stands for.` });
  const { chart, skips, input, layers } = await readRequest(context, problems);
  if (!opening) {
    refuseProblems(exitCodes.usage, problems);
    const { checkOffline } = await import('./check-offline.ts');
    const { snapshot, findings } = await checkOffline(context, chart, layers);
    return report(context, snapshot.target, skipFindings(findings, skips), snapshot.takenAt);
  }
  const session = await opening.finish(problems);
  try {
    // Nothing given: what is live is judged.
    const startsFromLive = () => layers.length === 0;
    const draft = await makeDraft(context, session, { chart, input, startsFromLive });
    return report(context, session.target, await lookAndMend(context, draft, { input, skips }));
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
  const { findings, facts } = await look(draft, file === undefined ? [] : lasting);
  if (file !== undefined) {
    const { saveFacts } = await import('./save-facts.ts');
    await saveFacts(context, draft.session.target, facts, file);
  }
  if (!context.flags.isOn('fix')) return findings;
  const fixed = await fixValues(context, draft, input, findings);
  return fixed ? (await look(fixed, [])).findings : findings;
}

/** Parts that tell of the cluster and not of these values alone. */
const lasting = (Object.keys(factSchemas) as FactName[]).filter(
  (name) => name !== 'obstacles' && name !== 'dryRun',
);

function report(
  context: CommandContext,
  target: Omit<Target, 'kubeconfig'>,
  findings: readonly Finding[],
  takenAt?: string,
): ExitCode {
  const isText = (context.flags.text('output') ?? 'text') === 'text';
  const write = isText ? context.show : context.print;
  write(format(context, target, findings, takenAt));
  return findings.some(({ status }) => status === 'fail') ? exitCodes.unfit : exitCodes.done;
}

function format(
  { flags, palette }: CommandContext,
  target: Target,
  findings: readonly Finding[],
  takenAt: string | undefined,
): string {
  switch (flags.text('output')) {
    case 'json':
      return `${JSON.stringify({ version: 1, target, ...(takenAt && { takenAt }), findings })}\n`;
    case 'junit':
      return formatJunit(findings, target);
    default: {
      const verbose = flags.isOn('verbose');
      return `${formatFindings(findings, palette, { verbose, target, takenAt }).join('\n')}\n`;
    }
  }
}
