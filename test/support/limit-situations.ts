import type { CheckId } from '../../src/checks/types.ts';
import type { FactValue } from '../../src/cluster/facts/facts.ts';
import type { Tree } from '../../src/values/tree.ts';
import { mend, runCheck } from './check-input.ts';
import {
  allNodes,
  makeNamespaceFact,
  makeNode,
  makeWorkload,
  type WorkloadOptions,
} from './workloads.ts';

export type Amounts = Record<string, string>;
type Scope = FactValue<'quotas'>[number]['scopes'][number];
export const quota = (
  hard: Amounts,
  used: Amounts = {},
  ...scopes: Scope[]
): FactValue<'quotas'>[number] => ({ name: 'team', hard, used, scopes });
export const scope = (name: string, operator = 'Exists', ...values: string[]): Scope => ({
  scope: name,
  operator,
  values,
});
export const range = (
  type: string,
  bounds: Partial<FactValue<'limitRanges'>[number]['limits'][number]>,
): FactValue<'limitRanges'>[number] => ({
  name: 'bounds',
  limits: [
    {
      type,
      min: {},
      max: {},
      default: {},
      defaultRequest: {},
      maxLimitRequestRatio: {},
      ...bounds,
    },
  ],
});

export interface Situation {
  readonly quotas?: FactValue<'quotas'>;
  readonly ranges?: FactValue<'limitRanges'>;
  readonly workload?: WorkloadOptions;
  readonly values?: Tree;
  readonly live?: FactValue<'workload'>;
  readonly rollouts?: FactValue<'rollouts'>;
  readonly runtimeClasses?: FactValue<'runtimeClasses'>;
}

export const half = {
  requests: { cpu: '500m', memory: '512Mi' },
  limits: { cpu: '1', memory: '1Gi' },
};

export function judge(
  id: CheckId,
  { quotas = [], ranges = [], workload = half, values = {}, live, ...more }: Situation,
) {
  return runCheck(id, {
    values,
    ...(live === undefined ? {} : { live: {} }),
    objects: [makeWorkload(workload)],
    facts: {
      limitRanges: ranges,
      namespace: makeNamespaceFact(),
      ...(id === 'XV-802' ? { quotas } : {}),
      ...(live === undefined ? {} : { workload: live, nodes: allNodes(makeNode('n1')) }),
      ...more,
    },
  })[0];
}

/** The workload with what the remedy sets. */
export function mended(
  workload: WorkloadOptions,
  verdict: ReturnType<typeof judge>,
): WorkloadOptions {
  const values = mend(verdict, {}) as {
    replicaCount?: number;
    resources?: { requests?: Amounts; limits?: Amounts };
  };
  return {
    ...workload,
    replicas: values.replicaCount ?? workload.replicas ?? 1,
    requests: { ...workload.requests, ...values.resources?.requests },
    limits: { ...workload.limits, ...values.resources?.limits },
  };
}
