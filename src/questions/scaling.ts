import { scalerOf } from '../values/scale.ts';
import { choiceQuestion, textQuestion } from './kinds.ts';
import { isGiven, plainOption } from './options.ts';
import { parseCount } from './parse.ts';
import { accept, type Question, reject } from './question.ts';
import { triggerQuestions } from './triggers.ts';

const modes = {
  off: 'Off',
  initial: 'Initial',
  recreate: 'Recreate',
  'in-place': 'InPlaceOrRecreate',
} as const;

export const scalingQuestions: readonly Question[] = [
  choiceQuestion({
    id: 'autoscaling',
    section: 'scaling',
    title: 'Should the number of replicas follow the load?',
    help: 'what adds and removes replicas; raft has a fixed number',
    helpWith: ({ dispatch }) =>
      dispatch.backend === 'raft'
        ? 'what adds and removes replicas; raft has a fixed number'
        : 'what adds and removes replicas',
    answers: [
      { value: 'none', label: 'No', description: 'as many as you set' },
      {
        value: 'hpa',
        label: 'HPA',
        description: 'by CPU usage; needs metrics-server',
      },
      {
        value: 'keda',
        label: 'KEDA',
        description: 'by queued work, down to zero; needs KEDA',
      },
    ],
    judgedBy: ['XV-203', 'XV-401', 'XV-404', 'XV-405', 'XV-406', 'XV-409', 'XV-410'],
    read: ({ keda, autoscaling }) => (keda.enabled ? 'keda' : autoscaling.enabled ? 'hpa' : 'none'),
    write: (answer) => ({
      autoscaling: { enabled: answer === 'hpa' },
      keda: { enabled: answer === 'keda' },
    }),
  }),
  ...triggerQuestions,
  textQuestion({
    id: 'min-replicas',
    short: 'at least {}',
    section: 'scaling',
    title: 'What is the minimum number of replicas?',
    placeholder: 'N',
    help: 'fewest replicas with --autoscaling; 0 with keda only',
    helpWith: (values) =>
      scalerOf(values) === 'keda'
        ? 'the fewest pods, when there is little to do'
        : 'the fewest pods, when there is little to do; at least one',
    when: (values) => scalerOf(values) !== undefined,
    options: ({ values }) => [
      ...(scalerOf(values) === 'keda'
        ? [plainOption('0', 'none while nothing is queued; the API is down then')]
        : []),
      plainOption('1', 'one is always up'),
      plainOption('2', 'one is up while the other restarts'),
    ],
    judgedBy: ['XV-204', 'XV-403'],
    suggest: ({ values: { dispatch, keda }, given }) =>
      keda.enabled && dispatch.backend === 'memory' && !isGiven(given, 'keda', 'minReplicaCount')
        ? '1'
        : undefined,
    read: (values) =>
      String(values.keda.enabled ? values.keda.minReplicaCount : values.autoscaling.minReplicas),
    write: (answer) =>
      parseCount(answer, (count) => ({
        keda: { minReplicaCount: count },
        // A HorizontalPodAutoscaler has no zero; see conflict.
        ...(count > 0 && { autoscaling: { minReplicas: count } }),
      })),
    conflict: (answer, values) =>
      Number(answer) === 0 && values.autoscaling.enabled && !values.keda.enabled
        ? {
            message: 'A HorizontalPodAutoscaler keeps at least one replica',
            next: 'Use 1, or keda, which can scale to zero',
          }
        : undefined,
  }),
  textQuestion({
    id: 'max-replicas',
    short: 'at most {}',
    section: 'scaling',
    title: 'What is the maximum number of replicas?',
    placeholder: 'N',
    help: 'most replicas with --autoscaling',
    helpWith: () => 'the most pods, however much there is to do',
    when: (values) => scalerOf(values) !== undefined,
    options: () => ['5', '10', '20'].map((count) => plainOption(count, '')),
    judgedBy: ['XV-203', 'XV-403', 'XV-411'],
    read: (values) =>
      String(values.keda.enabled ? values.keda.maxReplicaCount : values.autoscaling.maxReplicas),
    write: (answer) =>
      parseCount(
        answer,
        (count) => ({ keda: { maxReplicaCount: count }, autoscaling: { maxReplicas: count } }),
        1,
      ),
  }),
  textQuestion({
    id: 'target-cpu',
    short: 'at {}% CPU',
    section: 'scaling',
    title: 'At which CPU usage should replicas be added?',
    placeholder: 'PERCENT',
    help: 'CPU usage that hpa aims for, in percent of the request',
    when: (values) => scalerOf(values) === 'hpa',
    options: () => [
      plainOption('60', 'earlier, with room for load spikes'),
      plainOption('80', 'later, with fewer pods'),
    ],
    judgedBy: ['XV-404', 'XV-410', 'XV-420'],
    read: ({ autoscaling }) => String(autoscaling.targetCPUUtilizationPercentage || 0),
    write: (answer) =>
      /^(0|[1-9]\d{0,2})$/.test(answer)
        ? accept({ autoscaling: { targetCPUUtilizationPercentage: Number(answer) } })
        : reject('That is not a percentage', 'Use a number such as 80; 0: not used'),
  }),
  choiceQuestion({
    id: 'vpa',
    short: 'VPA: {}',
    section: 'scaling',
    title: 'Should pod CPU and memory follow actual usage?',
    help: 'what the Vertical Pod Autoscaler may do; it must be installed',
    answers: [
      { value: 'none', label: 'No', description: 'as much as you set' },
      { value: 'off', label: 'Recommend', description: 'recommend only, change nothing' },
      { value: 'initial', label: 'At the start', description: 'only of pods that start anyway' },
      { value: 'recreate', label: 'Recreate', description: 'replaces pods to change them' },
      {
        value: 'in-place',
        label: 'In place',
        description: 'without a restart where possible; needs Kubernetes 1.33',
      },
    ],
    judgedBy: ['XV-410', 'XV-415', 'XV-416', 'XV-417', 'XV-420'],
    read: ({ vpa: { enabled, updateMode } }) => {
      if (!enabled) return 'none';
      const mode = updateMode === 'Auto' ? 'Recreate' : updateMode;
      return Object.entries(modes).find(([, one]) => one === mode)?.[0];
    },
    write: (answer) =>
      answer === 'none'
        ? { vpa: { enabled: false } }
        : { vpa: { enabled: true, updateMode: modes[answer as keyof typeof modes] } },
  }),
];
