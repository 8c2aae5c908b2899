import { backendQuestions } from './backend.ts';
import { connectionQuestions } from './connection.ts';
import { imageQuestions } from './image.ts';
import { meshQuestions } from './mesh.ts';
import { networkQuestions } from './network.ts';
import { observabilityQuestions } from './observability.ts';
import type { Question } from './question.ts';
import { resourceQuestions } from './resources.ts';
import { scalingQuestions } from './scaling.ts';
import { storageQuestions } from './storage.ts';

/** Every question, in the order in which they are asked. */
export const questions: readonly Question[] = [
  ...backendQuestions,
  ...storageQuestions,
  ...connectionQuestions,
  ...meshQuestions,
  ...scalingQuestions,
  ...observabilityQuestions,
  ...networkQuestions,
  ...resourceQuestions,
  ...imageQuestions,
];

/** All checks that judge options: a preset, which answers several questions, is judged by each. */
export const judgingChecks: readonly string[] = [
  ...new Set(questions.flatMap(({ judgedBy = [] }) => judgedBy)),
];
