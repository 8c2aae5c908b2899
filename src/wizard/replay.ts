import type { ClusterFacts } from '../cluster/facts/facts.ts';
import type { Problem } from '../errors.ts';
import { answerArguments } from '../questions/answer-arguments.ts';
import { questions } from '../questions/catalogue.ts';
import type { Answer, Question, Section } from '../questions/question.ts';
import type { ChartSchema } from '../values/chart-schema.ts';
import { type Layer, type Layers, userValues } from '../values/layers.ts';
import { maskUrl } from '../values/mask.ts';
import { coalesce } from '../values/merge.ts';
import type { Values } from '../values/schema/index.ts';
import type { SecretMaterial } from '../values/secret-material.ts';
import { applySets } from '../values/set.ts';
import { areEqual, type Tree } from '../values/tree.ts';
import { type TypedValues, typeValues } from './typed-values.ts';

/** An answer that is applied. */
export interface AnswerInForce {
  readonly id: string;
  readonly section: Section;
  readonly flag: string;
  /** As the flag takes it; of a secret, with its password masked. */
  readonly answer: string;
  /** The same as arguments; only for what is no secret. */
  readonly args: readonly string[];
  readonly isSecret: boolean;
  /** Made from this cluster's facts; nobody gave it. */
  readonly isSuggested: boolean;
}

export interface ReplayInput {
  readonly schema: ChartSchema;
  readonly chartDefaults: Tree;
  /** What runs, where a change starts from it. */
  readonly live: Layers;
  /** Presets and files. */
  readonly start: Layers;
  readonly answers: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretMaterial>>;
  readonly edits: Readonly<Record<string, string>>;
  readonly facts: ClusterFacts;
  /** Values that most of it is equal to, so that only the rest must be read. */
  readonly like?: TypedValues | undefined;
}

/** The wizard's layers, made anew from the answers to the questions that are visible with them. */
export interface Replay extends TypedValues {
  /** Start, answers and edits; not what is live. */
  readonly layers: Layers;
  /** With what is live: what helm would be given, but for secrets. */
  readonly given: Tree;
  readonly answers: readonly AnswerInForce[];
  /** Questions that are asked, in order. */
  readonly visible: readonly string[];
  /** What each question sees: the values with the answers before it. */
  readonly before: Readonly<Record<string, Values>>;
  /** Answers that are refused; they are not applied. */
  readonly refused: readonly { readonly id: string; readonly problem: Problem }[];
}

/**
 * Applies the answers of the questions that are visible, in their order: what one answer hides is
 * kept by the caller, and not applied. Pure.
 */
export function replay(input: ReplayInput): Replay {
  let layers: Layers = input.start;
  let typed = typeLayers(input, layers, input.like);
  const before: Record<string, Values> = {};
  const visible: string[] = [];
  const answers: AnswerInForce[] = [];
  const refused: { id: string; problem: Problem }[] = [];
  for (const question of questions) {
    before[question.id] = typed.values;
    if (question.when && !question.when(typed.values)) continue;
    if (!question.flagOnly) visible.push(question.id);
    const answer = answerOf(question, input, layers, typed.values);
    if (answer === undefined) continue;
    const written = question.write(answer.answer);
    const conflict = question.conflict?.(answer.answer, typed.values);
    if (!written.ok || conflict) {
      const problem = written.ok ? conflict : written.problem;
      if (!answer.isSuggested && problem) refused.push({ id: question.id, problem });
      continue;
    }
    const next = [...layers, answerLayer(question, answer.answer, written)];
    const nextTyped = typeLayers(input, next, typed);
    // A suggestion of what is so already would only make the command longer.
    if (answer.isSuggested && areEqual(typed.effective, nextTyped.effective)) continue;
    answers.push(answer);
    layers = next;
    typed = nextTyped;
  }
  const all = withEdits(input, layers);
  const given = userValues([...input.live, ...all]);
  return { ...typed, layers: all, given, answers, visible, before, refused };
}

/** The layer of one answer, as its flag makes it. */
export function answerLayer(
  question: Pick<Question, 'flag' | 'choices'>,
  answer: string,
  { values, replaces }: Extract<Answer, { ok: true }>,
): Layer {
  const [flag] = answerArguments(question, answer);
  return {
    origin: { kind: 'flag', flag: flag.split('=')[0] ?? flag },
    values,
    ...(replaces && { replaces }),
  };
}

function answerOf(
  question: Question,
  input: ReplayInput,
  layers: Layers,
  values: Values,
): AnswerInForce | undefined {
  const { id, section, flag } = question;
  const secret = input.secrets[id];
  const given = secret ? maskUrl(secret.reveal()) : input.answers[id];
  const suggested = given === undefined ? suggest(question, input, layers, values) : undefined;
  const answer = given ?? suggested;
  if (answer === undefined) return undefined;
  const isSuggested = given === undefined;
  const isSecret = secret !== undefined;
  const args = isSecret ? [] : answerArguments(question, answer);
  return { id, section, flag, answer, args, isSecret, isSuggested };
}

function typeLayers(input: ReplayInput, layers: Layers, before?: TypedValues): TypedValues {
  const given = userValues([...input.live, ...withEdits(input, layers)]);
  return typeValues(input.schema, coalesce(input.chartDefaults, given), before);
}

/** Edits are what `--set-json` makes of them, on top of everything else. */
function withEdits({ edits, live }: ReplayInput, layers: Layers): Layers {
  const sets = Object.entries(edits).map(([path, json]) => ({
    kind: 'set-json' as const,
    expression: `${path}=${json}`,
  }));
  if (sets.length === 0) return layers;
  const applied = applySets(userValues([...live, ...layers]), sets, () => '');
  return [...layers, ...applied.layers];
}

/** What is proposed where nobody has answered; where a release runs, that is what is live. */
function suggest(
  question: Question,
  { live, facts }: ReplayInput,
  layers: Layers,
  values: Values,
): string | undefined {
  if (question.flagOnly || live.length > 0) return undefined;
  return question.suggest?.({ values, facts, given: userValues(layers) });
}
