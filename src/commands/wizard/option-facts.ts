import { catalogue } from '../../checks/catalogue.ts';
import type { CheckInput } from '../../checks/types.ts';
import type { FactName } from '../../cluster/facts/facts.ts';
import { questions } from '../../questions/catalogue.ts';
import type { Question } from '../../questions/question.ts';
import { type ChartSchema, withDefaults } from '../../values/chart-schema.ts';
import { coalesce } from '../../values/merge.ts';
import type { Tree } from '../../values/tree.ts';
import { typedValues } from '../chart-schema.ts';

/**
 * The parts of the facts that options come from, and those that the checks want which say whether
 * an option can work here.
 */
export function optionFacts(schema: ChartSchema): readonly FactName[] {
  return [
    ...new Set<FactName>([
      'server',
      ...questions.flatMap(({ needs = [] }) => needs),
      ...questions.flatMap((question) => factsOfChoices(question, schema)),
    ]),
  ];
}

function factsOfChoices(
  { choices = [], judgedBy = [], write }: Question,
  schema: ChartSchema,
): readonly FactName[] {
  const checks = catalogue.filter(({ id }) => judgedBy.includes(id));
  if (checks.length === 0) return [];
  return choices.flatMap((choice) => {
    const answer = write(choice);
    if (!answer.ok) return [];
    const input = inputWith(answer.values, schema);
    return checks.flatMap((check) => (check.applies(input) ? check.needs(input) : []));
  });
}

/** What a check is given before anything is known but the values. */
function inputWith(given: Tree, schema: ChartSchema): Omit<CheckInput, 'facts'> {
  const effective = coalesce(withDefaults(schema, {}), given);
  return {
    target: { context: '', namespace: 'xerv', release: 'xerv' },
    action: 'install',
    values: typedValues(schema, { bundled: true }, effective),
    effective,
    given,
    live: undefined,
    helm: '',
    objects: [],
  };
}
