import { objectShortages } from '../fit/quota-objects.ts';
import { podsThatComeInstead } from '../fit/surge.ts';
import { describeRefusal, isOfNamespace, refusalsOfNamespace } from '../refusals.ts';
import { countOf, isPod, podSecurity, type Tried } from '../tried.ts';
import type { Check, CheckInput, Verdict } from '../types.ts';
import { fail, pass, skip, unknown, warn, withFact } from '../verdicts.ts';

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
    title: 'The API server accepts every object',
    why: 'Only the API server knows its webhooks, policies, limits and unknown fields. helm runs into them object by object, with half of the release already created.',
    reads: 'the API server’s answer to each rendered object, sent as a dry run',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: ({ live }) => ['dryRun', 'obstacles', ...(live ? (['workload'] as const) : [])],
    run: (input) =>
      withFact(input.facts, 'dryRun', 'what the API server says', (tried) => judge(tried, input)),
  },
  {
    id: 'XV-104',
    category: 'cluster',
    title: 'Every object fits the namespace’s quota',
    why: 'Whatever exceeds the quota is refused: helm stops halfway, or the pods never appear.',
    reads:
      'the API server’s answer to each rendered object and to a pod of each template; object count quotas, against everything to be created',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: ({ live }) => ['dryRun', 'quotas', ...(live ? (['rollouts'] as const) : [])],
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
  // That this user may not make pods says nothing: their controller makes them.
  const unclear = tried.filter(
    (one) =>
      one.outcome === 'unknown' && (!isPod(one) || ['policy', 'admission'].includes(one.reason)),
  );
  const warned = tried.flatMap(({ object, warnings }) =>
    warnings.filter((text) => !podSecurity.test(text)).map((text) => `${object}: ${text}`),
  );
  const verdicts = [
    ...refused
      .filter(({ reason }) => !isOfNamespace(reason))
      .map((one) => describeRefusal(one, input)),
    ...refusalsOfNamespace(refused, target.namespace),
    ...unclear.map(({ object, reason, message }) =>
      unknown(`${object}: ${doubts[reason] ?? 'the API server gave no verdict'}.`, {
        evidence: [message],
      }),
    ),
    ...(warned.length > 0
      ? [warn('The API server warns about some objects.', { evidence: [...new Set(warned)] })]
      : []),
  ];
  if (verdicts.length > 0) return verdicts;
  if (told.length > 0)
    return [
      skip(`The API server refuses ${countOf(told)}; see the checks for what is in the way.`, {
        evidence: told.map(({ message }) => message),
      }),
    ];
  return [summarise(tried)];
}

function summarise(tried: readonly Tried[]): Verdict {
  const count = (outcome: Tried['outcome']) =>
    tried.filter((one) => one.outcome === outcome).length;
  const elsewhere = tried.some((one) => one.elsewhere);
  if (count('skipped') > 0)
    return skip(
      `The namespace does not exist yet: ${count('skipped')} of ${tried.length} objects could not be checked elsewhere.`,
    );
  return pass(
    elsewhere
      ? 'The API server accepts every object’s fields; the quota, rights and policies of a namespace that does not exist yet cannot be checked.'
      : 'The API server accepts every object.',
  );
}

const otherAccount =
  'it is refused with another ServiceAccount than it will have, which does not exist yet';
const doubts: Readonly<Record<string, string>> = {
  policy: otherAccount,
  admission: otherAccount,
  'no-dry-run': 'a webhook that does not support dry runs decides about it',
  timeout: 'the API server did not answer in time',
};

function judgeQuota(tried: readonly Tried[], input: CheckInput): Verdict {
  const {
    facts: { quotas },
    objects,
    target: { namespace },
  } = input;
  const comesInstead = podsThatComeInstead(input);
  const refused = tried.filter(
    (one) => one.reason === 'quota' && one.outcome === 'refused' && !comesInstead(one),
  );
  if (refused.length > 0)
    return fail(
      `The quota of namespace ${namespace} is too small, or requires resources to be set.`,
      {
        evidence: refused.map(({ object, message }) => `${object}: ${message}`),
        remedies: [
          {
            text: 'Ask for less (resources, storage.size, replicaCount), set the requests and limits that the quota requires, or have it raised.',
          },
        ],
      },
    );
  if (tried.some(({ elsewhere }) => elsewhere))
    return skip(`Namespace ${namespace} does not exist yet, so it has no quota.`);
  // Each may pass alone, and not all of them. What is there already is counted as used.
  const made = new Set(tried.filter(({ isNew }) => isNew).map(({ object }) => object));
  const added = objects.filter(
    ({ kind, metadata }) =>
      made.has(`${kind}/${metadata.name}`) && (metadata.namespace ?? namespace) === namespace,
  );
  const short = quotas?.state === 'known' ? objectShortages(quotas.value, added) : [];
  if (short.length > 0)
    return fail(`The quota of namespace ${namespace} has no room for everything to be created.`, {
      evidence: short,
      remedies: [
        { text: 'Drop what you do not need, or ask the namespace’s owner to raise the quota.' },
      ],
    });
  return pass('No object exceeds the quota.');
}
