import { countOf, type Tried } from './tried.ts';
import type { CheckInput, Remedy, Verdict } from './types.ts';
import { fail } from './verdicts.ts';

/** What is so for the namespace as a whole is said once, not for each object. */
const ofNamespace: Readonly<Record<string, (objects: string, namespace: string) => string>> = {
  forbidden: (objects, namespace) =>
    `You may not create or change ${objects} in namespace ${namespace}`,
  'namespace-missing': (objects, namespace) =>
    `Namespace ${namespace} does not exist, so the API server refuses ${objects}`,
  'namespace-terminating': (objects, namespace) =>
    `Namespace ${namespace} is being deleted and takes none of ${objects}`,
};
export const isOfNamespace = (reason: string) => Object.hasOwn(ofNamespace, reason);

/** One verdict for each thing that is so for the whole namespace. */
export function refusalsOfNamespace(
  refused: readonly Tried[],
  namespace: string,
): readonly Verdict[] {
  return Object.entries(ofNamespace).flatMap(([reason, say]) => {
    const same = refused.filter((one) => one.reason === reason);
    if (same.length === 0) return [];
    return fail(`${say(countOf(same), namespace)}.`, {
      evidence: same.map(({ object, message }) => `${object}: ${message}`),
      remedies: [remedies[reason] ?? otherRemedy],
    });
  });
}

/** Of one object that the API server refuses. */
export function describeRefusal({ object, reason, message }: Tried, input: CheckInput): Verdict {
  return fail(`${object}: ${refusals[reason] ?? 'the API server refuses it'}.`, {
    evidence: [message],
    remedies: [
      ...(reason === 'conflict' && /\.spec\.replicas\b/.test(message)
        ? asScaled(object, input)
        : []),
      remedies[reason] ?? otherRemedy,
    ],
  });
}

/** Where somebody has scaled the workload, a number that is the same for both is no conflict. */
function asScaled(object: string, { facts, values, target }: CheckInput): Remedy[] {
  const live = facts.workload?.state === 'known' ? facts.workload.value : null;
  if (!live || object !== `${live.kind}/${live.name}`) return [];
  const { kind, name, replicas } = live;
  const keep: Remedy = {
    text: `Keep the number of replicas that somebody has set: ${replicas}.`,
    changes: [{ path: ['replicaCount'], value: replicas }],
  };
  // More than one with memory is refused by XV-203.
  const canKeep = values.dispatch.backend !== 'memory' || replicas <= 1;
  return [
    ...(canKeep ? [keep] : []),
    {
      text: `${canKeep ? 'Or set' : 'Set'} it to what the values say:`,
      command: `kubectl -n ${target.namespace} scale ${kind.toLowerCase()}/${name} --replicas=${values.replicaCount}`,
    },
  ];
}

const refusals: Readonly<Record<string, string>> = {
  admission: 'an admission webhook or plugin refuses it, or does not answer',
  'limit-range': 'it breaks a LimitRange of the namespace',
  policy: 'a policy of the cluster forbids it',
  'unknown-field': 'it has a field that the cluster does not know',
  immutable: 'it would change a field that nobody may change',
  conflict: 'somebody else manages a field of it',
  exists: 'it is there already and not of this release',
  'not-served': 'the cluster does not serve its kind',
};

const otherRemedy: Remedy = {
  text: 'Change the values that the field in the message comes from.',
};

const remedies: Readonly<Record<string, Remedy>> = {
  admission: {
    text: 'Change what the message names; where the webhook itself is broken, have whoever runs it mend or remove it.',
  },
  'limit-range': {
    text: 'Set resources within the LimitRange, or have whoever runs the namespace change it.',
  },
  policy: { text: 'Change what the message names, or have whoever runs the cluster exempt it.' },
  'unknown-field': {
    text: 'Turn off what needs the field, or install the version of the add-on or of Kubernetes that has it.',
  },
  immutable: { text: 'Set the value back to what is live, or replace the object.' },
  forbidden: {
    text: 'Have whoever runs the cluster grant you these rights, choose a namespace where you have them, or act as somebody else with --as or --context.',
  },
  'namespace-missing': {
    text: 'Have whoever runs the cluster create it, or choose one that exists with --namespace.',
  },
  'namespace-terminating': {
    text: 'Wait until it is gone, or choose another one with --namespace.',
  },
  conflict: {
    text: 'Let the other manager give the field up, or set it to what is live.',
  },
  exists: { text: 'Choose another --release or fullnameOverride.' },
  'not-served': {
    text: 'Install the add-on that brings the kind, or turn off the values that ask for it.',
  },
};
