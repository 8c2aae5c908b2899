import { catalogue } from '../checks/catalogue.ts';
import { looksLikeProduction } from '../checks/production.ts';
import type { Finding } from '../checks/types.ts';
import type { PlannedData } from './plan/types.ts';
import type { Target } from './target.ts';

/** A word that must be typed before a change. */
export interface TypedConsent {
  readonly word: string;
  /** What the word is, such as “the release's name”. */
  readonly what: string;
  /** Why y is not enough: a sentence for each reason. */
  readonly why: string;
}

/**
 * What must be typed to go on; undefined where y is enough. The context's name where the cluster
 * looks like production, which names where one is; else the release's name where data would be
 * deleted or a check asks for it (`wantsTyping`).
 * @param data what becomes of the claims, as the plan says
 */
export function consentFor(
  findings: readonly Finding[],
  { context, server, namespace, release }: Target,
  data: readonly PlannedData[] = [],
): TypedConsent | undefined {
  const isProduction = looksLikeProduction([context, server, namespace]);
  const why = [
    ...(isProduction ? ['This looks like production.'] : []),
    ...(deletesData(data) ? ['This deletes data.'] : []),
    ...findings.filter(wantsTyping).map(({ message }) => message),
  ].join(' ');
  if (why === '') return undefined;
  return isProduction
    ? { word: context, what: "the context's name", why }
    : { word: release, what: "the release's name", why };
}

export function deletesData(data: readonly PlannedData[]): boolean {
  return data.some(({ fate }) => fate === 'deleted');
}

function wantsTyping({ check, status }: Finding): boolean {
  if (status !== 'warn' && status !== 'fail') return false;
  return catalogue.some((one) => one.id === check && one.wantsTyping);
}
