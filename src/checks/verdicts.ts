import type { ClusterFacts, Fact, FactName, FactValue } from '../cluster/facts/facts.ts';
import type { Remedy, Verdict } from './types.ts';

interface Details {
  readonly evidence?: readonly string[];
  readonly remedies?: readonly Remedy[];
}

export const pass = (message: string, details: Details = {}): Verdict => ({
  status: 'pass',
  message,
  ...details,
});
export const warn = (message: string, details: Details = {}): Verdict => ({
  status: 'warn',
  message,
  ...details,
});
export const fail = (message: string, details: Details = {}): Verdict => ({
  status: 'fail',
  message,
  ...details,
});
export const skip = (message: string, details: Details = {}): Verdict => ({
  status: 'skip',
  message,
  ...details,
});
export const unknown = (message: string, details: Details = {}): Verdict => ({
  status: 'unknown',
  message,
  ...details,
});

/** What people understand of a gap. */
const gapWords = {
  forbidden: 'you have no permission to look',
  timeout: 'the cluster did not answer in time',
  'not-served': 'this cluster does not serve it',
  'no-cluster': 'no cluster was asked',
  failed: 'the cluster gave no usable answer',
} as const;

/**
 * Judges on a part of the facts; where it could not be seen, the verdict is `unknown`.
 * @param what the part in words, such as "the StorageClasses"
 */
export function withFact<Name extends FactName>(
  facts: ClusterFacts,
  name: Name,
  what: string,
  judge: (value: FactValue<Name>) => Verdict | readonly Verdict[],
): Verdict | readonly Verdict[] {
  const fact = facts[name] as Fact<FactValue<Name>> | undefined;
  if (fact?.state === 'known') return judge(fact.value);
  const reason = fact?.reason ?? 'no-cluster';
  return unknown(`Could not look at ${what}: ${gapWords[reason]}.`, {
    ...(fact?.detail ? { evidence: [fact.detail] } : {}),
  });
}
