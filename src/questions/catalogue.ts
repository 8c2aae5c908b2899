import { backendQuestions } from './backend.ts';
import { connectionQuestions } from './connection.ts';
import { imageQuestions } from './image.ts';
import type { Question } from './question.ts';
import { storageQuestions } from './storage.ts';

/** Every question, in the order in which they are asked. */
export const questions: readonly Question[] = [
  ...backendQuestions,
  ...storageQuestions,
  ...connectionQuestions,
  ...imageQuestions,
];
