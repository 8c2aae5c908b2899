import { gathering, take } from '../gathering.ts';

/**
 * DaemonSets by which network plugins are known, and whether each enforces NetworkPolicy; null
 * where a setting decides. Flannel leaves it to others; kindnet does since kind 0.24; that of AWS
 * does with enableNetworkPolicy, and Azure's with a policy engine beside it.
 */
const plugins: Readonly<Record<string, readonly [name: string, enforces: boolean | null]>> = {
  'calico-node': ['calico', true],
  cilium: ['cilium', true],
  anetd: ['GKE Dataplane V2', true],
  'antrea-agent': ['antrea', true],
  canal: ['canal', true],
  'rke2-canal': ['canal', true],
  'kube-router': ['kube-router', true],
  'ovnkube-node': ['ovn-kubernetes', true],
  'kube-ovn-cni': ['kube-ovn', true],
  'azure-npm': ['azure-npm', true],
  'weave-net': ['weave', true],
  'aws-node': ['amazon-vpc-cni', null],
  kindnet: ['kindnet', null],
  'kube-flannel': ['flannel', false],
  'kube-flannel-ds': ['flannel', false],
};

export const gatherNetworkPlugins = gathering<'networkPlugins'>(async ({ reader }) => {
  const all = take(await reader.listMetadata('/apis/apps/v1/daemonsets'));
  return all.flatMap(({ name, namespace }) => {
    const plugin = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
    if (!plugin) return [];
    return [{ name: plugin[0], daemonSet: `${namespace}/${name}`, enforces: plugin[1] }];
  });
});
