import { namespace as namespaceObject } from '../../cluster/objects.ts';
import { mayI } from '../../cluster/permissions.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { paths } from '../resource-paths.ts';
import type { TargetState } from '../target-state.ts';

/** A namespace that is going away, or that is missing and may not be created. */
export async function namespaceProblems(
  api: Api,
  namespace: string,
  state: TargetState['namespace'],
  signal?: AbortSignal,
): Promise<Problem[]> {
  if (state === 'terminating') {
    const held = await whatHolds(api, namespace, signal);
    const look = `kubectl get namespace ${namespace}`;
    return [
      {
        message: `Namespace ${namespace} is being deleted.`,
        why: ['Nothing can be created in it any more.', ...held].join('\n'),
        next:
          held.length === 0
            ? `Wait until it is gone (${look}), or choose another one with --namespace.`
            : `Remove what holds it, or choose another one with --namespace. What remains is told by: ${look} -o yaml`,
      },
    ];
  }
  if (state !== 'absent') return [];
  const permission = { verb: 'create', group: '', resource: 'namespaces' };
  const [granted] = await mayI(api, [permission], signal);
  if (!granted?.ok || granted.value) return [];
  return [
    {
      message: `Namespace ${namespace} does not exist, and you may not create it.`,
      next: `Ask a cluster admin to create it (kubectl create namespace ${namespace}), or choose an existing one with --namespace.`,
      where: '--namespace',
    },
  ];
}

/** What the deletion of a namespace waits for, in the words of its controller; empty where it goes on. */
async function whatHolds(api: Api, name: string, signal?: AbortSignal): Promise<string[]> {
  const found = await api.get(paths.namespace(name), namespaceObject, signal);
  if (!found.ok) return [];
  return found.value.status.conditions
    .filter(({ type, status }) => status === 'True' && /Finalizers|Failure/.test(type))
    .map(({ message }) => message ?? '')
    .filter((message) => message !== '');
}
