import { isPod, podSecurity, type Tried } from '../tried.ts';
import type { Check, CheckInput, ValueChange, Verdict } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';

/** What Pod Security says of the pods. */
export const podSecurityChecks: readonly Check[] = [
  {
    id: 'XV-103',
    category: 'pods',
    title: 'Pod Security admits the pods',
    why: 'The API server accepts the workload, then refuses its pods: the install looks fine, but no pod ever appears.',
    reads:
      'the API server’s answer to a pod of each template; warnings for the workload; the namespace’s labels',
    rules: [],
    anyChart: true,
    applies: () => true,
    needs: () => ['dryRun'],
    run: (input) =>
      withFact(input.facts, 'dryRun', 'what Pod Security says', (tried) =>
        judgePodSecurity(tried, input),
      ),
  },
];

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
        ? {
            text: 'Use the chart’s own security contexts, which meet the restricted level.',
            changes,
          }
        : {
            text: 'Change what the message names, or ask the namespace’s owner for another level.',
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
    return [warn('Pod Security only warns about the pods; they can run today.', details(warned))];
  if (pods.some(({ elsewhere }) => elsewhere)) {
    return [
      pass(
        `Namespace ${input.target.namespace} does not exist yet and would have no Pod Security label.`,
      ),
    ];
  }
  const unclear = pods.filter(({ outcome }) => outcome !== 'accepted');
  // Whatever else refuses a pod was asked before Pod Security or beside it; the others tell of it.
  if (unclear.length > 0)
    return unclear.map(({ object, message }) =>
      unknown(`Could not find out what Pod Security says of ${object}.`, { evidence: [message] }),
    );
  return [pass(pods.length > 0 ? 'Pod Security admits the pods.' : 'No pods are rendered.')];
}
