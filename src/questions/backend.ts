import { scalerOf } from '../values/scale.ts';
import type { Values } from '../values/schema/index.ts';
import { choiceQuestion, textQuestion } from './kinds.ts';
import { isGiven, plainOption, seen } from './options.ts';
import { parseCount } from './parse.ts';
import type { Option, Question } from './question.ts';

const replicaHelp: Readonly<Record<Values['dispatch']['backend'], string>> = {
  memory: 'how many pods; one, because work in memory is not shared',
  raft: 'how many pods; a majority must be up: 3, 5 or 7',
  redis: 'how many pods share the queue in Redis',
  nats: 'how many pods share the queue in NATS',
};

export const backendQuestions: readonly Question[] = [
  choiceQuestion({
    id: 'backend',
    section: 'backend',
    title: 'How should the replicas share their work?',
    help: 'where work is queued and what survives a restart: memory, raft, Redis or NATS',
    answers: [
      {
        value: 'memory',
        label: 'Memory',
        description: 'one process; queued work is lost on a restart',
      },
      {
        value: 'raft',
        label: 'Raft',
        description: 'replicated inside XERV; survives a node; needs volumes',
      },
      {
        value: 'redis',
        label: 'Redis',
        description: 'stateless workers over Redis Streams; can scale to zero',
      },
      {
        value: 'nats',
        label: 'NATS',
        description: 'stateless workers over JetStream; can scale to zero',
      },
    ],
    judgedBy: ['XV-203', 'XV-204', 'XV-401'],
    read: ({ dispatch }) => dispatch.backend,
    write: (answer) => ({ dispatch: { backend: answer } }),
  }),
  textQuestion({
    id: 'replicas',
    short: 'replicas: {}',
    section: 'backend',
    title: 'How many replicas?',
    placeholder: 'N',
    help: 'how many pods; raft needs a majority: 3, 5 or 7',
    helpWith: ({ dispatch }) => replicaHelp[dispatch.backend],
    // An autoscaler decides otherwise.
    when: (values) => scalerOf(values) === undefined,
    needs: ['nodes'],
    options: ({ values }) => counts(values),
    judgedBy: ['XV-203', 'XV-205'],
    suggest: ({ values: { dispatch }, given, facts }) => {
      const nodes = seen(facts, 'nodes')?.total ?? 3;
      const isOpen = dispatch.backend === 'raft' && !isGiven(given, 'replicaCount');
      return isOpen && nodes >= 3 ? '3' : undefined;
    },
    read: ({ replicaCount }) => String(replicaCount),
    write: (answer) => parseCount(answer, (count) => ({ replicaCount: count })),
  }),
];

function counts({ dispatch }: Values): readonly Option[] {
  switch (dispatch.backend) {
    case 'memory':
      return [plainOption('1', 'each replica would have its own queue')];
    case 'raft':
      return [
        plainOption('1', 'for trying out: its volume is the only copy'),
        plainOption('3', 'tolerates the loss of one'),
        plainOption('5', 'tolerates the loss of two'),
        plainOption('7', 'tolerates the loss of three'),
      ];
    default:
      return [
        plainOption('1', 'down while it restarts'),
        plainOption('3', 'tolerates the loss of one'),
        plainOption('10', 'high throughput'),
      ];
  }
}
