import { parseCount } from './parse.ts';
import { accept, type Question } from './question.ts';

export const backendQuestions: readonly Question[] = [
  {
    id: 'backend',
    section: 'backend',
    title: 'How should the replicas share their work?',
    kind: 'choice',
    flag: 'backend',
    placeholder: 'memory|raft|redis|nats',
    choices: ['memory', 'raft', 'redis', 'nats'],
    help: 'how the replicas share their work',
    read: ({ dispatch }) => dispatch.backend,
    write: (answer) => accept({ dispatch: { backend: answer } }),
  },
  {
    id: 'replicas',
    section: 'backend',
    title: 'How many replicas?',
    kind: 'text',
    flag: 'replicas',
    placeholder: 'N',
    help: 'how many pods; raft wants 3, 5 or 7',
    read: ({ replicaCount }) => String(replicaCount),
    write: (answer) => parseCount(answer, (count) => ({ replicaCount: count })),
  },
];
