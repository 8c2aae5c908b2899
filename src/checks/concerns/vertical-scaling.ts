import { replicaRange } from '../../values/scale.ts';
import { getNode } from '../../values/tree.ts';
import type { Check, CheckInput, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';
import {
  gentler,
  installVpa,
  isPassive,
  judgeMode,
  judgeParts,
  replaces,
  use,
  vpaOff,
} from '../vertical-modes.ts';

const isOn = ({ values }: Pick<CheckInput, 'values'>) => values.vpa.enabled;

/** The VerticalPodAutoscaler and what it does to the pods. */
export const verticalScalingChecks: readonly Check[] = [
  {
    id: 'XV-415',
    category: 'scaling',
    title: 'The Vertical Pod Autoscaler is installed',
    why: 'A cluster that does not serve its kind refuses the object, and the install stops.',
    reads: 'vpa.enabled; whether the kinds of autoscaling.k8s.io are served',
    rules: [],
    applies: isOn,
    needs: () => ['vpa'],
    run: ({ facts }) =>
      withFact(facts, 'vpa', 'the Vertical Pod Autoscaler', ({ served }) =>
        served
          ? pass('Its kinds are served.')
          : fail('The Vertical Pod Autoscaler is not installed.', {
              evidence: ['vpa.enabled: true', 'API group autoscaling.k8s.io: not served'],
              remedies: [installVpa, vpaOff],
            }),
      ),
  },
  {
    id: 'XV-416',
    category: 'scaling',
    title: 'The Vertical Pod Autoscaler’s components are running',
    why: 'The recommender estimates what the pods need, the admission controller applies it to new pods, the updater replaces old ones. Each mode needs its components.',
    reads:
      'vpa.updateMode; the three components’ Deployments, and how many of their pods are ready',
    rules: [],
    applies: isOn,
    needs: () => ['vpa', 'server'],
    run: ({ facts, values }) =>
      withFact(facts, 'vpa', 'the Vertical Pod Autoscaler', (vpa) => {
        // XV-415 tells of it.
        if (!vpa.served) return [];
        return judgeParts(vpa, values.vpa.updateMode, distributionOf(facts));
      }),
  },
  {
    id: 'XV-417',
    category: 'scaling',
    title: 'The update mode is supported',
    why: 'Auto is deprecated and means Recreate. InPlaceOrRecreate needs Kubernetes 1.33 and autoscaler 1.5: an older autoscaler refuses it; on an older Kubernetes it acts as Recreate.',
    reads: 'vpa.updateMode as you set it; versions of Kubernetes and of the autoscaler',
    rules: ['D39'],
    applies: isOn,
    needs: () => ['vpa', 'server'],
    run: judgeMode,
  },
  {
    id: 'XV-418',
    category: 'scaling',
    title: 'A pod can be replaced without an outage',
    why: 'The updater replaces a pod only while vpa.minReplicas are alive. With fewer replicas it never does; with a single one XERV is down while it restarts.',
    reads: 'vpa.updateMode, vpa.minReplicas, the number of replicas',
    rules: ['D40'],
    applies: (input) => isOn(input) && !isPassive(input.values.vpa.updateMode),
    needs: () => ['server', 'vpa'],
    run: (input) => {
      const { vpa } = input.values;
      const { least } = replicaRange(input.values);
      const evidence = [`vpa.minReplicas: ${vpa.minReplicas}`, `replicas: ${least}`];
      if (least > 0 && least < vpa.minReplicas)
        return warn('No pod is ever updated: there are fewer replicas than vpa.minReplicas.', {
          evidence,
          remedies: [
            {
              text: 'Lower it to the number of replicas.',
              changes: [{ path: ['vpa', 'minReplicas'], value: least }],
            },
            use('Initial', 'Or change pods only when they restart anyway.'),
          ],
        });
      if (least > 1 || !replaces(vpa.updateMode))
        return pass('Other replicas stay up, or the pod is not replaced.');
      return warn('The only replica is replaced, and XERV down, whenever its requests change.', {
        evidence: [...evidence, `vpa.updateMode: ${vpa.updateMode}`],
        remedies: [gentler(input)],
      });
    },
  },
  {
    id: 'XV-419',
    category: 'scaling',
    title: 'Replacing pods keeps the quorum and the volumes',
    why: 'Each new recommendation replaces pods. A raft member that stops takes a vote with it, and a single-writer volume must be detached from the old pod before the new one starts.',
    reads: 'vpa.updateMode, dispatch.backend, podDisruptionBudget.enabled; rendered claims',
    rules: ['D42'],
    applies: (input) => isOn(input) && replaces(input.values.vpa.updateMode),
    needs: () => ['server', 'vpa'],
    run: judgeVolumes,
  },
];

const distributionOf = ({ server }: CheckInput['facts']) =>
  server?.state === 'known' ? server.value.distribution : '';

function judgeVolumes(input: CheckInput): Verdict {
  const { values, objects } = input;
  const evidence = [`vpa.updateMode: ${values.vpa.updateMode}`];
  if (values.dispatch.backend === 'raft') {
    if (values.podDisruptionBudget.enabled && values.replicaCount >= 3)
      return pass('The PodDisruptionBudget allows one eviction at a time.');
    return warn('New recommendations replace raft members regardless of their majority.', {
      evidence: [
        ...evidence,
        'dispatch.backend: raft',
        `podDisruptionBudget.enabled: ${values.podDisruptionBudget.enabled}; replicaCount: ${values.replicaCount}`,
      ],
      remedies: [
        gentler(input),
        ...(values.replicaCount >= 3
          ? [
              {
                text: 'Or allow one eviction at a time.',
                changes: [{ path: ['podDisruptionBudget', 'enabled'], value: true }],
              },
            ]
          : []),
      ],
    });
  }
  const claims = objects.filter((one) => {
    const modes = getNode(one as never, ['spec', 'accessModes']);
    return (
      one.kind === 'PersistentVolumeClaim' &&
      Array.isArray(modes) &&
      modes.every((mode) => /^ReadWriteOnce/.test(String(mode)))
    );
  });
  if (claims.length === 0) return pass('There is no single-writer volume.');
  return warn('Each new recommendation moves the volume from one pod to the next.', {
    evidence: [
      ...evidence,
      ...claims.map(({ metadata }) => `PersistentVolumeClaim ${metadata.name}: single writer`),
    ],
    remedies: [gentler(input)],
  });
}
