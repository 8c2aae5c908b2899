import { parseCount } from './parse.ts';
import { accept, type Question } from './question.ts';

export const backendQuestions: readonly Question[] = [
  {
    id: 'backend',
    flag: 'backend',
    placeholder: 'memory|raft|redis|nats',
    choices: ['memory', 'raft', 'redis', 'nats'],
    help: 'how the replicas share their work',
    write: (answer) => accept({ dispatch: { backend: answer } }),
  },
  {
    id: 'replicas',
    flag: 'replicas',
    placeholder: 'N',
    help: 'how many pods; raft wants 3, 5 or 7',
    write: (answer) => parseCount(answer, (count) => ({ replicaCount: count })),
  },
];
