import * as z from 'zod/mini';
import { mapOf, optionalText } from '../../objects/parts.ts';
import { versionInfo } from '../../objects.ts';
import type { FactContext, FactPlace } from '../gather.ts';
import { gathering, take } from '../gathering.ts';
import { readNodePage } from '../node-page.ts';
import { readGroups } from '../served.ts';

/** How distributions name themselves in gitVersion: v1.33.2-gke.1, v1.32.3-eks-8a0b1c2, v1.33.1+k3s1. */
const versionMarks = ['-gke.', '-eks-', '+k3s', '+rke2', '+k0s'] as const;

/** Groups that only one distribution serves. */
const ownGroups: Readonly<Record<string, string>> = { 'config.openshift.io': 'openshift' };

/** Labels of nodes, and the distribution that sets them. */
const nodeLabels: Readonly<Record<string, string>> = {
  'kubernetes.azure.com/cluster': 'aks',
  'cloud.google.com/gke-nodepool': 'gke',
  'eks.amazonaws.com/nodegroup': 'eks',
  'minikube.k8s.io/name': 'minikube',
  'microk8s.io/cluster': 'microk8s',
};

const markedNode = z.object({
  metadata: z.object({ labels: mapOf(z.string()) }),
  spec: z._default(z.object({ providerID: optionalText }), {}),
});

/** Version and, where anything tells, distribution. */
export const gatherServer = gathering<'server'>(async (context) => {
  const version = take(await context.reader.get('/version', versionInfo));
  const { gitVersion, minor } = version;
  return {
    gitVersion,
    // Some providers write "31+".
    minor: Number.parseInt(minor, 10),
    distribution: (await distributionOf(context, gitVersion)) ?? '',
  };
});

async function distributionOf(
  { api, reader, signal }: FactContext<FactPlace>,
  gitVersion: string,
): Promise<string | undefined> {
  const groups = await readGroups(reader);
  const own = groups.find(({ name }) => Object.hasOwn(ownGroups, name));
  if (own) return ownGroups[own.name];
  const mark = versionMarks.find((one) => gitVersion.includes(one));
  if (mark) return /\w+/.exec(mark)?.[0];
  // The nodes of a cluster are of one making. Who may not see one learns less, and no more.
  const nodes = await readNodePage(api, markedNode, undefined, signal);
  const node = nodes.ok ? nodes.value.items[0] : undefined;
  if (!node) return undefined;
  const label = Object.keys(nodeLabels).find((key) => node.metadata.labels[key] !== undefined);
  if (label) return nodeLabels[label];
  return node.spec.providerID?.startsWith('kind://') ? 'kind' : undefined;
}
