import type { FactValue } from '../../cluster/facts/facts.ts';
import { objectShortages } from '../fit/quota-objects.ts';
import type { Check, CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { fail, pass, skip, unknown, warn, withFact } from '../verdicts.ts';

type Tried = FactValue<'dryRun'>[number];

const podSecurity = /would violate PodSecurity/;
const isPod = ({ object }: Tried) => object.startsWith('Pod/');
/** Refusals that checks of their own tell of. */
const toldElsewhere: ReadonlySet<string> = new Set(['pod-security', 'quota']);

/** Obstacles that a refusal is another sight of: the check that tells of it, with its remedies. */
const sameAsObstacle: Readonly<Record<string, readonly string[]>> = {
  forbidden: ['XV-105', 'XV-101'],
  immutable: ['XV-903'],
  invalid: ['XV-903'],
  conflict: ['XV-902'],
  exists: ['XV-902'],
  'namespace-missing': ['XV-101'],
  'namespace-terminating': ['XV-101'],
};

/** What the API server itself says of the rendered objects. */
export const apiServerChecks: readonly Check[] = [
  {
    id: 'XV-102',
    category: 'cluster',
    title: 'The API server takes every object',
    why: 'Webhooks, policies, limits and fields that a kind does not have are known to the API server only. helm finds out object by object, with half of the release made.',
    reads: 'the answer of the API server to each rendered object, sent as a dry run',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: ({ live }) => ['dryRun', 'obstacles', ...(live ? (['workload'] as const) : [])],
    run: (input) =>
      withFact(input.facts, 'dryRun', 'what the API server says', (tried) => judge(tried, input)),
  },
  {
    id: 'XV-103',
    category: 'pods',
    title: 'Pod Security lets the pods run',
    why: 'The API server takes a workload and refuses its pods: the install looks well, and no pod ever comes.',
    reads:
      'the answer of the API server to a pod made of each template; the warnings that the workload gets; the labels of the namespace',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: () => ['dryRun'],
    run: (input) =>
      withFact(input.facts, 'dryRun', 'what Pod Security says', (tried) =>
        judgePodSecurity(tried, input),
      ),
  },
  {
    id: 'XV-104',
    category: 'cluster',
    title: 'The quota of the namespace takes each object',
    why: 'What is over the quota is refused: helm stops in the middle, or the pods never come.',
    reads:
      'the answer of the API server to each rendered object and to a pod of each template; for an install the quotas on numbers of objects, against all of them',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: () => ['dryRun', 'quotas'],
    run: (input) =>
      withFact(input.facts, 'dryRun', 'the quota', (tried) => judgeQuota(tried, input)),
  },
];

function judge(tried: readonly Tried[], input: CheckInput): readonly Verdict[] {
  const { facts, target } = input;
  const obstacles = facts.obstacles?.state === 'known' ? facts.obstacles.value : [];
  const isTold = ({ object, reason }: Tried): boolean =>
    toldElsewhere.has(reason) ||
    obstacles.some(
      ({ check, message }) =>
        sameAsObstacle[reason]?.includes(check) &&
        (check === 'XV-105' || check === 'XV-101' || message.includes(object.replace('/', ' '))),
    );
  const refused = tried.filter((one) => one.outcome === 'refused' && !isTold(one));
  const told = tried.filter((one) => one.outcome === 'refused' && isTold(one) && !isPod(one));
  const unclear = tried.filter((one) => one.outcome === 'unknown' && !isPod(one));
  const warned = tried.flatMap(({ object, warnings }) =>
    warnings.filter((text) => !podSecurity.test(text)).map((text) => `${object}: ${text}`),
  );
  const verdicts = [
    ...refused
      .filter(({ reason }) => !isOfNamespace(reason))
      .map((one) => describeRefusal(one, input)),
    ...refusalsOfNamespace(refused, target.namespace),
    ...unclear.map(({ object, reason, message }) =>
      unknown(`${object}: ${doubts[reason] ?? 'the API server could not tell'}.`, {
        evidence: [message],
      }),
    ),
    ...(warned.length > 0
      ? [warn('The API server warns of some objects.', { evidence: [...new Set(warned)] })]
      : []),
  ];
  if (verdicts.length > 0) return verdicts;
  if (told.length > 0)
    return [
      skip(`The API server refuses ${countOf(told)}; the checks of what is in the way tell why.`, {
        evidence: told.map(({ message }) => message),
      }),
    ];
  return [summarise(tried)];
}

const countOf = ({ length }: readonly Tried[]) => `${length} object${length === 1 ? '' : 's'}`;

/** What is so for the namespace as a whole is said once, not for each object. */
const ofNamespace: Readonly<Record<string, (objects: string, namespace: string) => string>> = {
  forbidden: (objects, namespace) =>
    `You may not create or change ${objects} in namespace ${namespace}`,
  'namespace-missing': (objects, namespace) =>
    `Namespace ${namespace} does not exist, so the API server refuses ${objects}`,
  'namespace-terminating': (objects, namespace) =>
    `Namespace ${namespace} is being deleted and takes none of ${objects}`,
};
const isOfNamespace = (reason: string) => Object.hasOwn(ofNamespace, reason);

function refusalsOfNamespace(refused: readonly Tried[], namespace: string): readonly Verdict[] {
  return Object.entries(ofNamespace).flatMap(([reason, say]) => {
    const same = refused.filter((one) => one.reason === reason);
    if (same.length === 0) return [];
    return fail(`${say(countOf(same), namespace)}.`, {
      evidence: same.map(({ object, message }) => `${object}: ${message}`),
      remedies: [remedies[reason] ?? otherRemedy],
    });
  });
}

function summarise(tried: readonly Tried[]): Verdict {
  const count = (outcome: Tried['outcome']) =>
    tried.filter((one) => one.outcome === outcome).length;
  const elsewhere = tried.some((one) => one.elsewhere);
  if (count('skipped') > 0)
    return skip(
      `The namespace does not exist yet: ${count('skipped')} of ${tried.length} objects could not be judged elsewhere.`,
    );
  return pass(
    elsewhere
      ? 'The API server takes every object as far as its fields go; quota, rights and policies of a namespace that does not exist yet cannot be asked.'
      : 'The API server takes every object.',
  );
}

const doubts: Readonly<Record<string, string>> = {
  'no-dry-run': 'a webhook that does not support dry runs decides about it',
  timeout: 'the API server did not answer in time',
};

function describeRefusal({ object, reason, message }: Tried, input: CheckInput): Verdict {
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

/** Values that weaken what the chart sets for Pod Security. */
const securityPaths = [['podSecurityContext'], ['securityContext']] as const;

function judgePodSecurity(tried: readonly Tried[], input: CheckInput): readonly Verdict[] {
  const pods = tried.filter(isPod);
  const refused = tried.filter(({ reason }) => reason === 'pod-security');
  const changes = securityPaths.flatMap((path): ValueChange[] =>
    Object.hasOwn(input.given, path[0]) ? [{ path, value: undefined }] : [],
  );
  const details = (evidence: readonly string[]) => ({
    evidence: [...new Set(evidence)],
    remedies: [
      changes.length > 0
        ? { text: 'Leave the security contexts to the chart, whose own are restricted.', changes }
        : {
            text: 'Change what the message names, or have whoever runs the namespace choose another level for it.',
          },
    ],
  });
  if (refused.length > 0)
    return [
      fail(
        `Pod Security refuses the pods in namespace ${input.target.namespace}.`,
        details(refused.map(({ object, message }) => `${object}: ${message}`)),
      ),
    ];
  const warned = tried.flatMap(({ object, warnings }) =>
    warnings.filter((text) => podSecurity.test(text)).map((text) => `${object}: ${text}`),
  );
  if (warned.length > 0)
    return [warn('Pod Security only warns of the pods; they may run today.', details(warned))];
  if (pods.some(({ elsewhere }) => elsewhere)) {
    return [
      pass(
        `Namespace ${input.target.namespace} does not exist yet and would get no Pod Security label.`,
      ),
    ];
  }
  const unclear = pods.filter(({ outcome }) => outcome !== 'accepted');
  // Whatever else refuses a pod was asked before Pod Security or beside it; the others tell of it.
  if (unclear.length > 0)
    return unclear.map(({ object, message }) =>
      unknown(`Could not find out what Pod Security says of ${object}.`, { evidence: [message] }),
    );
  return [pass(pods.length > 0 ? 'Pod Security takes the pods.' : 'No pods are rendered.')];
}

function judgeQuota(
  tried: readonly Tried[],
  { action, facts: { quotas }, objects, target: { namespace } }: CheckInput,
): Verdict {
  const refused = tried.filter(
    ({ reason, outcome }) => reason === 'quota' && outcome === 'refused',
  );
  if (refused.length > 0)
    return fail(`The quota of namespace ${namespace} is too small or wants more said.`, {
      evidence: refused.map(({ object, message }) => `${object}: ${message}`),
      remedies: [
        {
          text: 'Ask for less (resources, storage.size, replicaCount), say what the quota wants to know (requests and limits), or have it raised.',
        },
      ],
    });
  if (tried.some(({ elsewhere }) => elsewhere))
    return skip(`Namespace ${namespace} does not exist yet: it has no quota to ask.`);
  // Each may pass alone, and not all of them. What an upgrade adds is not told apart here.
  const short =
    action === 'install' && quotas?.state === 'known' ? objectShortages(quotas.value, objects) : [];
  if (short.length > 0)
    return fail(`The quota of namespace ${namespace} has no room for all objects.`, {
      evidence: short,
      remedies: [
        { text: 'Do without what is not needed, or have whoever runs the namespace raise it.' },
      ],
    });
  return pass('No object is over the quota.');
}
