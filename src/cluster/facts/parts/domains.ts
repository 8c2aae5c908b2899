import { configMap } from '../../objects.ts';
import { gathering, takeIfThere } from '../gathering.ts';

/**
 * Where the configuration of CoreDNS is: as kubeadm, k3s, EKS and AKS name it, RKE2, OpenShift.
 * Others, such as GKE, do not show theirs.
 */
const places = [
  ['kube-system', 'coredns'],
  ['kube-system', 'rke2-coredns-rke2-coredns'],
  ['openshift-dns', 'dns-default'],
] as const;

export const gatherDomains = gathering<'domains'>(async ({ reader }) => {
  for (const [namespace, name] of places) {
    const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
    const found = takeIfThere(await reader.get(path, configMap));
    const domains = domainsIn(found?.data.Corefile ?? '');
    if (domains.length > 0) return domains;
  }
  return [];
});

/**
 * Zones that the plugin kubernetes answers for, but those of addresses.
 * Source: https://coredns.io/plugins/kubernetes/
 */
export function domainsIn(corefile: string): string[] {
  const lines = corefile.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const zones = lines.flatMap((line) => {
    const [plugin, ...words] = line.split(/\s+/);
    return plugin === 'kubernetes' ? words : [];
  });
  return [...new Set(zones.map((zone) => zone.replace(/\.$/, '')))].filter(
    (zone) => zone !== '' && zone !== '{' && !/(^|\.)(in-addr|ip6)\.arpa$/.test(zone),
  );
}
