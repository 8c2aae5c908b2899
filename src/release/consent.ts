import { catalogue } from '../checks/catalogue.ts';
import { looksLikeProduction } from '../checks/production.ts';
import type { Finding } from '../checks/types.ts';
import type { PlannedObject, ReleasePlan } from './plan/types.ts';
import type { Target } from './target.ts';

/** A word that must be typed before a change. */
export interface TypedConsent {
  readonly word: string;
  /** What the word is, such as “the release's name”. */
  readonly what: string;
  /** Why y is not enough: a sentence for each reason. */
  readonly why: string;
  /**
   * Whether `--yes` is enough: it is where only the look of the cluster asks, for who writes a
   * command names the cluster in it. Otherwise it takes the release's name, in `--confirm`.
   */
  readonly yesIsEnough: boolean;
}

/** Of a change, what its consent depends on. */
export type ConsentedPlan = Pick<ReleasePlan, 'data' | 'objects'>;

/**
 * What must be typed to go on; undefined where y is enough. The context's name where the cluster
 * looks like production, which names where one is; else the release's name where data would be
 * deleted or a check asks for it (`wantsTyping`). The one place that decides it, with a terminal
 * and without.
 * @param plan undefined for a change that is none of values
 */
export function consentFor(
  findings: readonly Finding[],
  { context, server, namespace, release }: Target,
  { data, objects }: ConsentedPlan = { data: [], objects: [] },
): TypedConsent | undefined {
  const isProduction = looksLikeProduction([context, server, namespace]);
  const grave = [
    ...(data.some(({ fate }) => fate === 'deleted') ? ['This deletes data.'] : []),
    ...findings.filter((finding) => wantsTyping(finding, objects)).map(({ message }) => message),
  ];
  if (!isProduction && grave.length === 0) return undefined;
  const why = [...(isProduction ? ['This looks like production.'] : []), ...grave].join(' ');
  const yesIsEnough = grave.length === 0;
  return isProduction
    ? { word: context, what: "the context's name", why, yesIsEnough }
    : { word: release, what: "the release's name", why, yesIsEnough };
}

function wantsTyping({ check, status }: Finding, objects: readonly PlannedObject[]): boolean {
  if (status !== 'warn' && status !== 'fail') return false;
  const wanted = catalogue.find(({ id }) => id === check)?.wantsTyping;
  if (!wanted) return false;
  return wanted === 'always' || objects.some((object) => isChange(object, wanted.changing));
}

/** Labels change with each version of the chart, and mean nothing to whoever uses the object. */
function isChange({ object, action, changes }: PlannedObject, kinds: readonly string[]): boolean {
  if (!kinds.includes(object.split('/')[0] ?? '')) return false;
  if (action === 'unchanged' || action === 'kept') return false;
  return action !== 'changed' || changes.some(({ path }) => !path.startsWith('metadata.labels'));
}
