import { mayI } from '../../cluster/permissions.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import type { TargetState } from '../target-state.ts';

/** A namespace that is going away, or that is missing and may not be created. */
export async function namespaceProblems(
  api: Api,
  namespace: string,
  state: TargetState['namespace'],
  signal?: AbortSignal,
): Promise<Problem[]> {
  if (state === 'terminating')
    return [
      {
        message: `Namespace ${namespace} is being deleted.`,
        why: 'Nothing can be created in it any more.',
        next: `Wait until it is gone (kubectl get namespace ${namespace}), or choose another one with --namespace.`,
      },
    ];
  if (state !== 'absent') return [];
  const permission = { verb: 'create', group: '', resource: 'namespaces' };
  const [granted] = await mayI(api, [permission], signal);
  if (!granted?.ok || granted.value) return [];
  return [
    {
      message: `Namespace ${namespace} does not exist, and you may not create it.`,
      next: `Have whoever runs the cluster create it (kubectl create namespace ${namespace}), or choose one that exists with --namespace.`,
      where: '--namespace',
    },
  ];
}
