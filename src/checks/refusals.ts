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

/** What a pod names that is not there, in the words of Kubernetes' admission plugins. */
const missingClasses: readonly {
  readonly words: RegExp;
  readonly kind: string;
  readonly path: string;
}[] = [
  {
    words: /no PriorityClass with name (\S+) was found/,
    kind: 'PriorityClass',
    path: 'priorityClassName',
  },
  { words: /RuntimeClass "([^"]+)" not found/, kind: 'RuntimeClass', path: 'runtimeClassName' },
];

function describeMissing({ object, message }: Tried): Verdict | undefined {
  for (const { words, kind, path } of missingClasses) {
    const name = words.exec(message)?.[1];
    if (name === undefined) continue;
    return fail(`${object}: there is no ${kind} ${name}.`, {
      evidence: [message],
      remedies: [
        {
          text: `Set ${path} to one that exists; this lists them:`,
          command: `kubectl get ${kind.toLowerCase()}`,
        },
        { text: 'Or leave it out.', changes: [{ path: [path], value: undefined }] },
      ],
    });
  }
  return undefined;
}

/** Of one object that the API server refuses. */
export function describeRefusal(tried: Tried, input: CheckInput): Verdict {
  const { object, reason, message } = tried;
  const missing = describeMissing(tried);
  if (missing) return missing;
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
    text: `Keep the current number of replicas: ${replicas}.`,
    changes: [{ path: ['replicaCount'], value: replicas }],
  };
  // More than one with memory is refused by XV-203.
  const canKeep = values.dispatch.backend !== 'memory' || replicas <= 1;
  return [
    ...(canKeep ? [keep] : []),
    {
      text: `${canKeep ? 'Or set' : 'Set'} it to the number in the values:`,
      command: `kubectl -n ${target.namespace} scale ${kind.toLowerCase()}/${name} --replicas=${values.replicaCount}`,
    },
  ];
}

const refusals: Readonly<Record<string, string>> = {
  admission: 'an admission webhook or plugin refuses it, or does not answer',
  'limit-range': 'it violates a LimitRange of the namespace',
  policy: 'a cluster policy forbids it',
  'unknown-field': 'the cluster does not know one of its fields',
  immutable: 'it would change an immutable field',
  conflict: 'another manager owns one of its fields',
  exists: 'it already exists and is not part of this release',
  'not-served': 'the cluster does not serve its kind',
};

const otherRemedy: Remedy = {
  text: 'Change the values behind the field that the message names.',
};

const remedies: Readonly<Record<string, Remedy>> = {
  admission: {
    text: 'Change what the message names; if the webhook itself is broken, ask its owner to fix or remove it.',
  },
  'limit-range': {
    text: 'Set resources within the LimitRange, or ask the namespace’s owner to change it.',
  },
  policy: { text: 'Change what the message names, or ask a cluster admin for an exemption.' },
  'unknown-field': {
    text: 'Turn off what needs the field, or install a version of the add-on or of Kubernetes that has it.',
  },
  immutable: { text: 'Set the value back to the live one, or replace the object.' },
  forbidden: {
    text: 'Ask a cluster admin for these rights, choose a namespace where you have them, or act as someone else with --as or --context.',
  },
  'namespace-missing': {
    text: 'Ask a cluster admin to create it, or choose an existing one with --namespace.',
  },
  'namespace-terminating': {
    text: 'Wait until it is gone, or choose another with --namespace.',
  },
  conflict: {
    text: 'Have the other manager release the field, or set it to the live value.',
  },
  exists: { text: 'Choose another --release or fullnameOverride.' },
  'not-served': {
    text: 'Install the add-on that provides the kind, or turn off the values that need it.',
  },
};
