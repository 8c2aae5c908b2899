import type { FactValue } from '../cluster/facts/facts.ts';

type Controller = FactValue<'linkerd'>['controllers'][number];

/** `Deployment istio-system/istiod: 1 of 2 ready (1.30.4)`. */
export function controllerText({ namespace, name, wanted, ready, version }: Controller): string {
  const suffix = version ? ` (${version})` : '';
  return `Deployment ${namespace}/${name}: ${ready} of ${wanted} ready${suffix}`;
}

export function lookInto({ namespace, name }: Controller): string {
  return `kubectl -n ${namespace} describe deployment ${name}\nkubectl -n ${namespace} logs deployment/${name}`;
}
