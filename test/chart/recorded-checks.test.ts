import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/checks/catalogue.ts';
import { applyChanges } from '../../src/checks/remedies.ts';
import { runChecks } from '../../src/checks/run.ts';
import type { CheckId, Finding, Status } from '../../src/checks/types.ts';
import type { FactName } from '../../src/cluster/facts/facts.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import type { Tree } from '../../src/values/tree.ts';
import { checkInput } from '../support/check-input.ts';
import { readRecording, renderFor } from '../support/recordings.ts';
import { situations } from './support/recorded-situations.ts';
import type { Situation } from './support/situations/situation.ts';

/** Parts of the facts that are about the very values they were recorded with. */
const ofValues: readonly FactName[] = ['obstacles', 'dryRun'];

/** What all checks say of values on a recorded cluster, rendered by the real helm. */
async function judge(
  { on, live, target = {}, helm, ...rest }: Situation,
  changed?: Tree,
): Promise<readonly Finding[]> {
  const recording = await readRecording(on);
  const values = changed ?? rest.values ?? recording.values;
  const liveValues = live ?? (rest.values ? undefined : recording.live);
  const facts =
    values === recording.values
      ? recording.facts
      : Object.fromEntries(
          Object.entries(recording.facts).filter(([name]) => !ofValues.includes(name as FactName)),
        );
  const rendering = await renderFor(recording, values, liveValues !== undefined);
  const input = checkInput({
    values,
    objects: parseManifest(rendering.text),
    target: { namespace: recording.namespace, ...target },
    ...(liveValues ? { live: liveValues } : {}),
    ...(helm ? { helm } : {}),
  });
  return runChecks(catalogue, { ...input, facts });
}

const statusesOf = (findings: readonly Finding[], id: string): readonly Status[] =>
  findings.filter(({ check }) => check === id).map(({ status }) => status);

const named = situations.map((one) => [`${one.what} (${one.on})`, one] as const);

describe('on clusters as they were recorded', () => {
  test.concurrent.each(named)('%s', async (_, situation) => {
    const findings = await judge(situation);
    const said = Object.fromEntries(
      Object.keys(situation.says).map((id) => [id, statusesOf(findings, id)]),
    );
    expect(said).toEqual(situation.says);
    expect(findings.filter(({ message }) => message.includes('itself broke'))).toEqual([]);
    // Whatever fails says what it looked at and what to do.
    for (const { check, status, evidence = [], remedies = [] } of findings)
      if (status === 'fail')
        expect([check, remedies.length > 0, evidence.length > 0]).toEqual([check, true, true]);
  });
});

describe('each change of values that is offered mends what it is offered for', () => {
  test.concurrent.each(named)('%s', async (_, situation) => {
    const findings = await judge(situation);
    const recording = await readRecording(situation.on);
    const values = situation.values ?? recording.values;
    const told = findings.filter(
      ({ check, status }) => (status === 'fail' || status === 'warn') && check in situation.says,
    );
    for (const finding of told) {
      const { needs } = catalogue.find(({ id }) => id === finding.check) ?? {};
      const asked = needs?.(checkInput({ values })) ?? [];
      // What the API server said of one rendering, it did not say of the next.
      if (asked.some((name) => ofValues.includes(name))) continue;
      const before = count(findings, finding);
      for (const { text, changes } of finding.remedies ?? []) {
        if (!changes) continue;
        const after = await judge(situation, applyChanges(values, changes));
        expect([finding.check, text, count(after, finding)]).toEqual([
          finding.check,
          text,
          expect.toSatisfy((left: number) => left < before),
        ]);
      }
    }
  });
});

/** How many times the same is said, or something worse. */
const count = (findings: readonly Finding[], { check, status }: Finding): number =>
  statusesOf(findings, check).filter((one) => one === status || one === 'fail').length;

/**
 * What this control plane was not brought to show in both ways: an older version, rights that are
 * only partly there, claims of a class that cannot grow, a quota on storage, another domain. The tables of test/unit/checks do.
 */
const shownElsewhere: ReadonlySet<CheckId> = new Set([
  'XV-105',
  'XV-106',
  'XV-109',
  'XV-202',
  'XV-307',
  'XV-309',
  'XV-423',
]);

describe('coverage', () => {
  const seen = new Map<CheckId, Set<Status>>();
  for (const { says } of situations)
    for (const [id, statuses] of Object.entries(says) as [CheckId, readonly Status[]][])
      seen.set(id, new Set([...(seen.get(id) ?? []), ...statuses]));

  test.each(catalogue.map(({ id }) => id))('%s passes and does not', (id) => {
    const statuses = seen.get(id) ?? new Set();
    if (shownElsewhere.has(id)) return expect(statuses.size).toBeGreaterThan(0);
    expect([...statuses]).toContain('pass');
    expect([...statuses].some((status) => status !== 'pass')).toBe(true);
  });
});
