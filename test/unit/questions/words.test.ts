import { expect, it } from 'vitest';
import { questions } from '../../../src/questions/catalogue.ts';
import type { Question } from '../../../src/questions/question.ts';
import type { Values } from '../../../src/values/schema/index.ts';
import { type Answers, contextOf, given, valuesOf } from '../../support/questions.ts';

const backends = ['memory', 'raft', 'redis', 'nats'] as const;
const meshes = ['none', 'istio', 'linkerd'] as const;
const scalers = ['none', 'hpa', 'keda'] as const;
const persistence = ['false', 'true'] as const;

const combinations = backends.flatMap((backend) =>
  meshes.flatMap((mesh) =>
    scalers.flatMap((scaler) => persistence.map((volume) => ({ backend, mesh, scaler, volume }))),
  ),
);
type Choices = (typeof combinations)[number];

/** Words that mean something with certain choices only, and the question that offers those. */
const words: readonly (readonly [RegExp, string, (choices: Choices) => boolean])[] = [
  [/\braft/i, 'backend', ({ backend }) => backend === 'raft'],
  [/\bredis/i, 'backend', ({ backend }) => backend === 'redis'],
  [/\b(nats|jetstream)/i, 'backend', ({ backend }) => backend === 'nats'],
  [/\b(the )?queue of/i, 'backend', ({ backend }) => backend !== 'raft'],
  [/\bworkers?\b/i, 'backend', ({ backend }) => backend === 'redis' || backend === 'nats'],
  [/\b(istio|ambient)/i, 'mesh', ({ mesh }) => mesh === 'istio'],
  [/\blinkerd/i, 'mesh', ({ mesh }) => mesh === 'linkerd'],
  [/\bmesh/i, 'mesh', ({ mesh }) => mesh !== 'none'],
  [/\bkeda/i, 'autoscaling', ({ scaler }) => scaler === 'keda'],
  [/\b(hpa|horizontal)/i, 'autoscaling', ({ scaler }) => scaler === 'hpa'],
  [/\bscal(es|ing)\b/i, 'autoscaling', ({ scaler }) => scaler !== 'none'],
];

function textsOf(question: Question, values: Values): readonly string[] {
  const { title, help, helpWith } = question;
  const options = question.options?.({ values, facts: {} }) ?? [];
  return [
    title,
    helpWith?.(values) ?? help,
    ...options.flatMap(({ label, description }) => [label, description]),
  ];
}

it.each(combinations)(
  '$backend, $mesh, $scaler, $volume: no question speaks of another choice',
  (choices) => {
    const answers: Answers = [
      ['backend', choices.backend],
      ['mesh', choices.mesh],
      ['autoscaling', choices.scaler],
      ['persistence', choices.volume],
      ...(['metrics', 'dashboards', 'network-policy'] as const).map((id) => [id, 'true'] as const),
    ];
    const values = valuesOf(given({}, answers));
    for (const question of questions) {
      // The way to choose the image is asked by nobody who goes forward.
      if (question.flagOnly || question.when?.(values) === false) continue;
      for (const text of textsOf(question, values)) {
        expect(text, question.id).not.toMatch(/--[a-z]/);
        for (const [word, asked, applies] of words)
          if (question.id !== asked && !applies(choices))
            expect(text, question.id).not.toMatch(word);
      }
    }
  },
);

it('says with each choice what follows from it', () => {
  const say = (id: string, answers: Answers) => {
    const found = questions.find((one) => one.id === id);
    const { values } = contextOf(given({}, answers));
    return found?.helpWith?.(values) ?? found?.help;
  };
  expect(say('replicas', [['backend', 'raft']])).toContain('majority');
  expect(say('min-replicas', [['autoscaling', 'hpa']])).toContain('at least one');
});
