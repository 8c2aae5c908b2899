import type { Finding } from '../checks/types.ts';
import type { FactName } from '../cluster/facts/facts.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';
import { type Draft, makeDraft } from './draft.ts';
import { judge } from './judge.ts';
import type { Request } from './read-request.ts';
import { refuseProblems } from './refuse.ts';
import { reportFindings } from './report-findings.ts';
import type { Session } from './session.ts';
import { skipFindings } from './skips.ts';

/** `check` with a cluster that has answered. */
export async function checkCluster(
  context: CommandContext,
  session: Session,
  request: Request & { readonly startsFromLive: boolean },
): Promise<ExitCode> {
  const { startsFromLive } = request;
  const draft = await makeDraft(context, session, {
    ...request,
    startsFromLive: () => startsFromLive,
    // Values that are given can be judged without those that are live.
    withoutRecord: !startsFromLive,
  });
  const findings = await lookAndMend(context, draft, request);
  const { target } = session;
  return reportFindings(context, findings, { target, live: draft.live, startsFromLive });
}

async function lookAndMend(
  context: CommandContext,
  draft: Draft,
  { input, skips }: Request,
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
  const { fixValues } = await import('./fix.ts');
  const fixed = await fixValues(context, draft, input, findings);
  return fixed ? (await look(fixed, [])).findings : findings;
}

/** Parts that tell of the cluster and not of these values alone. */
async function lastingParts(): Promise<readonly FactName[]> {
  const { factSchemas } = await import('../cluster/facts/fact-schemas.ts');
  return (Object.keys(factSchemas) as FactName[]).filter(
    (name) => !['obstacles', 'dryRun', 'rollouts'].includes(name),
  );
}
