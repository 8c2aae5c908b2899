import type { RenderedObject } from '../../src/checks/types.ts';
import type { FactValue } from '../../src/cluster/facts/facts.ts';
import type { Tree } from '../../src/values/tree.ts';

type Prometheus = FactValue<'prometheusOperator'>['prometheuses'][number];
type Listener = FactValue<'gateways'>['gateways'][number]['listeners'][number];

/** A Prometheus that selects nothing, in a cluster with the operator. */
export function makePrometheus(parts: Partial<Prometheus> = {}): Prometheus {
  return {
    kind: 'Prometheus',
    namespace: 'monitoring',
    name: 'kps',
    address: '',
    serviceMonitorSelector: null,
    serviceMonitorNamespaceSelector: null,
    podMonitorSelector: null,
    podMonitorNamespaceSelector: null,
    ruleSelector: null,
    ruleNamespaceSelector: null,
    ...parts,
  };
}

/** What is seen of the operator where it has these and no Deployment. */
export function operatorWith(...prometheuses: Prometheus[]): FactValue<'prometheusOperator'> {
  return { served: true, controllers: [], prometheuses };
}

/** A listener of a Gateway that takes every route. */
export const anyListener: Listener = {
  name: 'http',
  port: 80,
  protocol: 'HTTP',
  hostname: '',
  from: 'All',
  selector: null,
  kinds: [],
};

/** Values with Redis, and what scales with it. */
export const redisValues = (more: Tree = {}): Tree => ({
  dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
  ...more,
});
export const kedaValues = (more: Tree = {}) => redisValues({ keda: { enabled: true, ...more } });
export const hpaValues = (more: Tree = {}, rest: Tree = {}) =>
  redisValues({ autoscaling: { enabled: true, ...more }, ...rest });

/** A rendered object of the release with nothing but its spec. */
export const bareObject = (kind: string, spec: Tree): RenderedObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'xerv', labels: {}, annotations: {} },
  spec,
});
