import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questions } from '../../../src/questions/catalogue.ts';
import type { Question } from '../../../src/questions/question.ts';
import type { Values } from '../../../src/values/schema/index.ts';
import { areEqual } from '../../../src/values/tree.ts';
import { validateValues } from '../../../src/values/validate.ts';
import { chartSchema } from '../../support/chart-schema.ts';
import {
  type Answers,
  bases,
  contextOf,
  given,
  richCluster,
  valuesOf,
} from '../../support/questions.ts';

/** Typed answers, besides those that are proposed. */
const typed: Readonly<Record<string, readonly string[]>> = {
  replicas: ['1', '3', '4', '12'],
  'storage-class': ['fast-ssd', '-'],
  'storage-size': ['1Gi', '1.5Ti'],
  'persistence-class': ['fast-ssd'],
  'persistence-size': ['20Gi'],
  'redis-secret': ['mine', 'mine/address'],
  'redis-url': ['redis://redis:6379', 'rediss://a:6380/1,rediss://b:6380/1'],
  'nats-secret': ['mine', 'mine/address'],
  'nats-url': ['nats://nats:4222', 'tls://a:4222, tls://b:4222'],
  'istio-revision': ['1-29-0'],
  'keda-triggers': ['queue', 'pending', 'queue,active,memory', 'pending,active,cpu'],
  'prometheus-address': ['https://thanos.example.com/prometheus'],
  'keda-redis-address': ['redis.data.svc:6379', '[fd00::1]:6379'],
  'nats-consumer': ['workers'],
  'keda-nats-endpoint': ['nats.data.svc:8222', '10.0.0.1:8222'],
  'min-replicas': ['1', '2', '30'],
  'max-replicas': ['1', '7'],
  'target-cpu': ['0', '75'],
  'prometheus-labels': ['release=kps', 'a/b=c,team=x'],
  'dashboard-namespace': ['grafana'],
  'tracing-endpoint': ['http://tempo:4317', 'collector.tracing:4317', 'https://otel.example.com'],
  'api-clients': ['frontend', 'frontend,jobs'],
  'ingress-host': ['xerv.example.com', '*.example.com,b.example.com'],
  'ingress-class': ['haproxy'],
  'ingress-tls-secret': ['certificate'],
  gateway: ['gateways/public', 'edge/internal'],
  'gateway-host': ['xerv.example.com'],
  cpu: ['250m', '1:2', '0.5:1.5'],
  memory: ['1Gi', '1Gi:1.5Gi'],
  image: ['xerv', 'localhost:5000/xerv:1', `a/b:1@sha256:${'0'.repeat(64)}`],
  'image-pull-secret': ['mine'],
};

function answersOf(question: Question, base = {}): readonly string[] {
  const proposed = [contextOf(base, richCluster), contextOf(base)].flatMap(
    (context) => question.options?.(context) ?? [],
  );
  return [...new Set([...proposed.map(({ value }) => value), ...(typed[question.id] ?? [])])];
}

/** Answers that other answers are read from, too: these pairs speak of the same values. */
const related: Readonly<Record<string, readonly string[]>> = {
  backend: ['keda-triggers'],
  'redis-secret': ['redis-url'],
  'redis-url': ['redis-secret'],
  'nats-secret': ['nats-url'],
  'nats-url': ['nats-secret'],
  autoscaling: ['min-replicas', 'max-replicas'],
  'keda-triggers': ['prometheus-address'],
  'service-monitor': ['prometheus-labels'],
  alerts: ['prometheus-labels'],
  expose: ['ingress-host', 'gateway'],
  'ingress-host': ['expose'],
  gateway: ['expose'],
};

type Readings = ReadonlyMap<Question, string | undefined>;
const readAll = (values: Values): Readings =>
  new Map(questions.map((question) => [question, question.read(values)]));

describe.each(Object.entries(bases))('on base %s', (_, base) => {
  const before = readAll(valuesOf(base));

  it.each(questions.map((question) => [question.id, question] as const))('%s', (id, one) => {
    const answers = answersOf(one, base);
    expect(answers.length).toBeGreaterThan(1);
    for (const answer of answers) {
      const users = given(base, [[id, answer]]);
      const values = valuesOf(users);
      const after = readAll(values);
      if (!one.conflict?.(answer, values)) expect(after.get(one)).toBe(answer);
      const changed = questions.filter(
        (other) => other !== one && after.get(other) !== before.get(other),
      );
      const unrelated = changed.filter((other) => !related[id]?.includes(other.id));
      expect(
        unrelated.map((other) => other.id),
        `other answers after ${answer}`,
      ).toEqual([]);
    }
  });
});

it.each(questions.map((question) => [question.id, question] as const))(
  'the schema refuses no answer to %s',
  (id, one) => {
    for (const answer of answersOf(one))
      expect(validateValues(chartSchema, given({}, [[id, answer]])), answer).toEqual([]);
  },
);

it.each(questions.map((question) => [question.id, question] as const))(
  'of two answers to %s the later one counts',
  (id, one) => {
    const answers = answersOf(one);
    for (const first of answers)
      for (const second of answers) {
        const users = given({}, [
          [id, first],
          [id, second],
        ]);
        const values = valuesOf(users);
        if (one.conflict?.(second, values)) continue;
        expect(one.read(values), `${first}, then ${second}`).toBe(second);
      }
  },
);

describe('any answers in any order', () => {
  const answer = fc
    .constantFrom(...questions)
    .chain((question) =>
      fc.constantFrom(...answersOf(question)).map((text) => [question.id, text] as const),
    );
  const run = fc.record({
    base: fc.constantFrom(...Object.values(bases)),
    answers: fc.array(answer, { maxLength: 20 }),
  });

  it('make values that the schema takes, and the last one is kept', () => {
    fc.assert(
      fc.property(run, ({ base, answers }) => {
        const users = given(base, answers);
        expect(validateValues(chartSchema, users)).toEqual([]);
        const last = answers.at(-1);
        const one = questions.find(({ id }) => id === last?.[0]);
        const values = valuesOf(users);
        if (last && one && !one.conflict?.(last[1], values)) expect(one.read(values)).toBe(last[1]);
      }),
      { numRuns: 50 },
    );
  });

  it('of which one is given twice in a row make the same as given once', () => {
    fc.assert(
      fc.property(run, answer, ({ base, answers }, again) => {
        const once: Answers = [...answers, again];
        expect(areEqual(given(base, [...once, again]), given(base, once))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
