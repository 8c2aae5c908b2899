import { createExec } from '../cluster/exec.ts';
import { createHelm } from '../cluster/helm.ts';
import type { Helm } from '../cluster/types.ts';
import type { CommandContext } from './context.ts';

const noCluster = {
  kubeconfig: undefined,
  context: undefined,
  server: undefined,
  impersonateUser: undefined,
  impersonateGroups: [],
  requestTimeoutMilliseconds: 0,
};

/** helm for what needs no cluster: it renders and reads charts. */
export function createOfflineHelm(
  path: string,
  { env, headStart }: Pick<CommandContext, 'env' | 'headStart'>,
): Helm {
  return createHelm({ path, exec: headStart?.exec ?? createExec(), access: noCluster, env });
}
