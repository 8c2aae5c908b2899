import * as z from 'zod/mini';
import { listOf, optionalFlag } from '../../objects/parts.ts';
import { describePermission, mayI, type Permission, reviews } from '../../permissions.ts';
import { findResources, kindKey } from '../../resources.ts';
import type { FactContext, FactSubject } from '../gather.ts';
import { gathering, take } from '../gathering.ts';

const rule = z.object({
  verbs: listOf(z.string()),
  apiGroups: listOf(z.string()),
  resources: listOf(z.string()),
  resourceNames: listOf(z.string()),
});
type Rule = z.infer<typeof rule>;

const rulesReview = z.object({
  status: z.object({ resourceRules: listOf(rule), incomplete: optionalFlag }),
});

/** What helm does to an object, over its life. */
const verbsOfHelm = ['get', 'create', 'patch', 'delete'];

/** What is done beside the objects: helm's record, our Secrets, watching the pods. */
const ownVerbs: Readonly<Record<string, readonly string[]>> = {
  secrets: ['get', 'list', 'create', 'update', 'delete'],
  pods: ['list'],
  persistentvolumeclaims: ['list'],
  events: ['list'],
};

/**
 * What the user may do of what the release needs. One review answers for the namespace; single
 * ones are asked for what has no namespace, and for what the first one left open.
 */
export const gatherPermissions = gathering<'permissions', FactSubject>(async (context) => {
  const { api, subject, signal } = context;
  const [review, needed] = await Promise.all([
    api.post(
      `${reviews}/selfsubjectrulesreviews`,
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectRulesReview',
        spec: { namespace: subject.namespace },
      },
      rulesReview,
      signal,
    ),
    neededPermissions(context),
  ]);
  const { resourceRules, incomplete } = take(review).status;
  const granted = (permission: Permission) =>
    permission.namespace !== undefined && resourceRules.some((one) => grants(one, permission));
  const isOpen = (permission: Permission) =>
    !granted(permission) && (incomplete === true || permission.namespace === undefined);
  const open = needed.filter(isOpen);
  const answers = await mayI(api, open, signal);
  return Object.fromEntries([
    ...needed
      .filter((permission) => !isOpen(permission))
      .map((permission) => [keyOf(permission), granted(permission)]),
    // A question that was not answered stays open: there is no entry.
    ...open.flatMap((permission, index) => {
      const answer = answers[index];
      return answer?.ok ? [[keyOf(permission), answer.value]] : [];
    }),
  ]);
});

const keyOf = ({ verb, group, resource }: Permission) =>
  describePermission({ verb, group, resource });

async function neededPermissions({ api, subject, signal }: FactContext): Promise<Permission[]> {
  const { namespace, kinds } = subject;
  const resources = await findResources(api, kinds, signal);
  const ofObjects = kinds.flatMap((kind): Permission[] => {
    const resource = resources.get(kindKey(kind));
    if (!resource) return [];
    const group = kind.apiVersion.includes('/') ? (kind.apiVersion.split('/')[0] ?? '') : '';
    return verbsOfHelm.map((verb) => ({
      verb,
      group,
      resource: resource.plural,
      ...(resource.namespaced ? { namespace } : {}),
    }));
  });
  const own = Object.entries(ownVerbs).flatMap(([resource, verbs]) =>
    verbs.map((verb) => ({ verb, group: '', resource, namespace })),
  );
  const all = [...ofObjects, ...own, { verb: 'create', group: '', resource: 'namespaces' }];
  return [...new Map(all.map((permission) => [keyOf(permission), permission])).values()];
}

/** Whether a rule grants it for every object. Source: the API reference of ResourceRule. */
export function grants(
  { verbs, apiGroups, resources, resourceNames }: Rule,
  { verb, group, resource }: Permission,
): boolean {
  const has = (list: readonly string[], one: string) => list.includes('*') || list.includes(one);
  return (
    has(verbs, verb) && has(apiGroups, group) && has(resources, resource) && !resourceNames.length
  );
}
