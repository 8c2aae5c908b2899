import * as z from 'zod/mini';
import { catalogue } from '../../src/checks/catalogue.ts';
import { applyChanges } from '../../src/checks/remedies.ts';
import type { CheckId, CheckInput, Verdict } from '../../src/checks/types.ts';
import {
  type ClusterFacts,
  type FactName,
  type FactValue,
  known,
} from '../../src/cluster/facts/facts.ts';
import { typedValues } from '../../src/commands/chart-schema.ts';
import { coalesce } from '../../src/values/merge.ts';
import { valuesSchema } from '../../src/values/schema/index.ts';
import type { Tree } from '../../src/values/tree.ts';
import { chartSchema } from './chart-schema.ts';

export type KnownFacts = { readonly [Name in FactName]?: FactValue<Name> };

export interface CheckSituation {
  /** What the user set. */
  readonly values?: Tree;
  /** What is known of the cluster; the rest was not asked for. */
  readonly facts?: KnownFacts;
  /** Parts that could not be seen. */
  readonly unknown?: readonly FactName[];
  readonly objects?: CheckInput['objects'];
  readonly live?: Tree;
  readonly action?: CheckInput['action'];
  readonly target?: Partial<CheckInput['target']>;
  readonly helm?: string;
}

/** What a check is given in such a situation; values and facts are held against their schemas. */
export function checkInput({
  values = {},
  facts = {},
  unknown = [],
  objects = [],
  live,
  action = live ? 'upgrade' : 'install',
  target = {},
  helm = '4.1.4',
}: CheckSituation): CheckInput {
  const effective = coalesce(z.parse(valuesSchema, {}) as Tree, values);
  // Throws where a test gives what the chart refuses.
  z.parse(valuesSchema, effective);
  return {
    target: { context: 'test', namespace: 'xerv', release: 'xerv', ...target },
    action,
    values: typedValues(chartSchema, { bundled: true }, effective),
    effective,
    given: values,
    live,
    helm,
    objects,
    facts: Object.fromEntries([
      ...Object.entries(facts).map(([name, value]) => [name, known(value)]),
      ...unknown.map((name) => [name, { state: 'unknown', reason: 'forbidden', detail: 'no' }]),
    ]) as ClusterFacts,
  };
}

/**
 * What one check says; nothing where it does not apply.
 * @throws where there is no such check, or where it looks at facts that it did not ask for
 */
export function runCheck(id: CheckId, situation: CheckSituation): readonly Verdict[] {
  const check = catalogue.find((candidate) => candidate.id === id);
  if (!check) throw new Error(`no check ${id}`);
  const input = checkInput(situation);
  if (!check.applies(input)) return [];
  const needs = new Set(check.needs(input));
  for (const name of Object.keys(input.facts) as FactName[])
    if (!needs.has(name)) throw new Error(`${id} is given ${name}, which it does not ask for`);
  return [check.run(input)].flat();
}

/** The statuses of what one check says. */
export const statusesOf = (id: CheckId, situation: CheckSituation) =>
  runCheck(id, situation).map(({ status }) => status);

/** The values after the changes of a verdict's first remedy that has any. */
export function mend(verdict: Verdict | undefined, values: Tree): Tree {
  const changes = verdict?.remedies?.find((remedy) => remedy.changes)?.changes ?? [];
  return applyChanges(values, changes);
}
