import type { FactValue } from '../../cluster/facts/facts.ts';
import { replicaRange, scalerOf } from '../../values/scale.ts';
import { getNode, type Tree } from '../../values/tree.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, warn, withFact } from '../verdicts.ts';

type Autoscaler = FactValue<'autoscalers'>[number];

const plurals: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'horizontalpodautoscaler',
  ScaledObject: 'scaledobject',
  VerticalPodAutoscaler: 'verticalpodautoscaler',
};

/** Who else, or what before, sets the number of replicas. */
export const otherScalerChecks: readonly Check[] = [
  {
    id: 'XV-422',
    category: 'scaling',
    title: 'Nothing else scales XERV',
    why: 'Two autoscalers of one workload undo each other’s work. If only the other one scales, each upgrade resets the number of replicas.',
    reads: 'autoscalers in the namespace, what they scale, and the release that owns them',
    rules: [],
    applies: () => true,
    needs: () => ['autoscalers'],
    run: (input) =>
      withFact(input.facts, 'autoscalers', 'the autoscalers of the namespace', (all) =>
        judgeOthers(all, input),
      ),
  },
  {
    id: 'XV-423',
    category: 'scaling',
    title: 'Turning an autoscaler on keeps the replicas',
    why: 'With an autoscaler the chart no longer sets the replica count. The first upgrade that omits it can scale to one, until the autoscaler acts.',
    reads: 'the live values; the replicas of the live workload',
    rules: ['D25'],
    applies: ({ live, values }) =>
      live !== undefined && scalerOf(values) !== undefined && !wasScaled(live),
    needs: () => ['workload'],
    run: ({ facts, values, target }) =>
      withFact(facts, 'workload', 'the live workload', (workload) => {
        if (!workload || workload.replicas <= 1) return pass('There is no more than one replica.');
        const { least } = replicaRange(values);
        return warn(`${workload.replicas} replicas may drop to one until the autoscaler acts.`, {
          evidence: [
            `${workload.kind} ${workload.name}: spec.replicas: ${workload.replicas}`,
            `the autoscaler keeps at least ${least}`,
          ],
          remedies: [
            {
              text: 'Upgrade while load is low, and restore the number right after:',
              command: `kubectl -n ${target.namespace} scale ${workload.kind.toLowerCase()}/${workload.name} --replicas=${workload.replicas}`,
            },
          ],
        });
      }),
  },
];

/** As scalerOf says of whole values; these are only what was set, with the defaults left out. */
function wasScaled(live: Tree): boolean {
  if (getNode(live, ['dispatch', 'backend']) === 'raft') return false;
  return [['keda'], ['autoscaling']].some((path) => getNode(live, [...path, 'enabled']) === true);
}

function judgeOthers(all: readonly Autoscaler[], { values, objects, target }: CheckInput) {
  const workloads = objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  if (workloads.length === 0) return skip('Nothing rendered can be scaled.');
  const ours = all.filter((one) => workloads.includes(one.target));
  const made = new Set(
    ours.filter(({ kind }) => kind === 'ScaledObject').map(({ name }) => `keda-hpa-${name}`),
  );
  // KEDA's own autoscaler goes with the ScaledObject that it was made for.
  const others = ours.filter(({ name, owner }) => owner !== target.release && !made.has(name));
  if (others.length === 0) return pass('Nothing else does.');
  return others.map((other) => judgeOther(other, values, target.namespace));
}

function judgeOther(
  { kind, name, target, owner }: Autoscaler,
  values: CheckInput['values'],
  namespace: string,
): Verdict {
  const isVertical = kind === 'VerticalPodAutoscaler';
  const scaler = scalerOf(values);
  const section = isVertical ? values.vpa.enabled && 'vpa' : sections[scaler ?? 'none'];
  const evidence = [
    `${kind} ${name}: scales ${target}; ${owner ? `of release ${owner}` : 'of no helm release'}`,
  ];
  const remove: Remedy = {
    text: 'Remove the other one.',
    command: `kubectl -n ${namespace} delete ${plurals[kind] ?? kind} ${name}`,
  };
  if (section)
    return fail(`${kind} ${name} scales ${target} already; two would undo each other’s work.`, {
      evidence,
      remedies: [
        remove,
        { text: 'Or keep it.', changes: [{ path: [section, 'enabled'], value: false }] },
      ],
    });
  if (isVertical) return pass(`${kind} ${name} sets the requests of ${target}.`, { evidence });
  if (values.dispatch.backend === 'raft')
    return fail(`${kind} ${name} scales ${target}, whose raft members are fixed.`, {
      evidence,
      remedies: [remove],
    });
  return warn(`${kind} ${name} scales ${target}; each upgrade resets the replicas.`, {
    evidence,
    remedies: [
      {
        ...remove,
        text: 'Let the release scale itself (autoscaling or keda), and remove the other one.',
      },
    ],
  });
}

const sections = { keda: 'keda', hpa: 'autoscaling', none: undefined } as const;
