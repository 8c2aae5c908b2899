import { join } from 'node:path';
import { kubectl, type SharedCluster } from './cluster.ts';

/** Add-ons whose kinds the control plane can know; see test/cluster/control-plane/crds. */
export const everyAddOn = [
  'gateway-api',
  'istio',
  'keda',
  'linkerd',
  'prometheus-operator',
  'vertical-pod-autoscaler',
] as const;
export type AddOn = (typeof everyAddOn)[number];

/**
 * Makes the kinds of add-ons known to the shared control plane, where they stay for the rest of the
 * run; does no harm the second time. Nothing works on the objects: the add-ons themselves are not
 * there.
 * @throws with what kubectl said
 */
export async function ensureCrds(cluster: SharedCluster, addOns: readonly AddOn[]): Promise<void> {
  const files = addOns.flatMap((name) => ['-f', join(cluster.crdsDirectory, name)]);
  for (const args of [
    // KEDA's kinds are too large for what a client-side apply would note on them.
    ['apply', '--server-side', '--force-conflicts', ...files],
    ['wait', '--for=condition=Established', '--timeout=30s', ...files],
  ]) {
    const { code, stderr } = await kubectl(cluster, args);
    if (code !== 0) throw new Error(stderr);
  }
}
