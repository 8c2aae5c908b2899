import { createPalette } from '../../plain/palette.ts';
import { formatPlan } from '../../plain/plan-lines.ts';
import { consentFor } from '../../release/consent.ts';
import type { PlannedRollback } from '../../release/plan-rollback.ts';
import { formatChanges } from '../../values/diff.ts';
import type { Reviewed } from '../../wizard/plan.ts';
import type { CommandContext } from '../context.ts';
import { changesNothing, type Prepared } from '../prepare.ts';
import { liveOf } from './live-of.ts';
import { maskManifest } from './masked-manifest.ts';
import { describeWrite } from './writes.ts';

/** What the review shows of a prepared change. */
export async function reviewOf(
  id: string,
  prepared: Prepared,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<Reviewed> {
  const { plan, release, findings, changes, noEffect } = prepared;
  const palette = createPalette({ colors: false, unicode: terminal.unicode });
  return {
    id,
    plan: release,
    seen: { live: plan.live && liveOf(plan.live) },
    findings,
    changesNothing: changesNothing(prepared),
    writes: plan.valuesFile ? [await describeWrite(plan.valuesFile)] : [],
    diff: [
      ...(changes.length > 0 ? ['Values:', ...indent(formatChanges(changes)), ''] : []),
      ...formatPlan(release, noEffect, palette),
    ],
    manifest: maskManifest(plan.manifest),
    typed: consentFor(findings, plan.target, release),
    expectedSeconds: plan.timeoutSeconds,
    ranBefore: plan.ranBefore,
  };
}

/** What the review shows of going back to a revision: no values and no file are written. */
export function reviewOfRollback(
  id: string,
  { plan, release }: Extract<PlannedRollback, { ok: true }>,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Reviewed {
  const palette = createPalette({ colors: false, unicode: terminal.unicode });
  return {
    id,
    plan: release,
    findings: [],
    // A change that failed may have left nothing else behind than its revision.
    changesNothing: false,
    writes: [],
    diff: formatPlan(release, [], palette),
    manifest: maskManifest(plan.manifest),
    typed: consentFor([], plan.target, release),
    expectedSeconds: plan.timeoutSeconds,
  };
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
