import {
  isAllowed,
  type NetworkPolicy,
  type Peer,
  type Pod,
} from '../../support/network-policy.ts';
import { type Rendering, render } from '../../support/render.ts';

export const on = { networkPolicy: { enabled: true } };
export const pods = (namespace: string, labels: Record<string, string> = {}): Pod => ({
  namespace,
  labels,
});
export const outside = { address: '198.51.100.7' };
export const inRelease = (release: string, name = 'xerv') => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': release,
});
export const xerv = pods('team', inRelease('xerv'));
export const everybody: Record<string, Peer> = {
  peer: xerv,
  'helm test': pods('team', inRelease('xerv', 'xerv-test')),
  'other release': pods('team', inRelease('other')),
  neighbour: pods('team'),
  'namespace data': pods('data'),
  DNS: pods('kube-system', { 'k8s-app': 'kube-dns' }),
  'NodeLocal DNS': { address: '169.254.20.10' },
  'OpenShift DNS': pods('openshift-dns'),
  Prometheus: pods('monitoring'),
  istiod: pods('istio-system'),
  linkerd: pods('linkerd'),
  'ingress-nginx': pods('ingress-nginx'),
  frontend: pods('frontend'),
  stranger: pods('stranger'),
  outside,
};
/** Every port that means something to somebody, and one that does not. */
export const ports = [
  ...[53, 443, 1234, 4143, 4191, 4222, 4317, 5000, 5353, 6379, 6380, 8080, 8081, 8086, 8090, 9090],
  ...[15008, 15012, 15020, 15021, 15090],
];

/** `who:port` of all TCP connections that are let through, of those that are tried. */
export function letThrough(rendering: Rendering, direction: 'in' | 'out', pod = xerv): string[] {
  const policies = rendering.objects.filter(({ kind }) => kind === 'NetworkPolicy');
  return Object.entries(everybody).flatMap(([who, peer]) =>
    ports
      .filter((port) =>
        isAllowed(policies as unknown as NetworkPolicy[], { direction, pod, peer, port }),
      )
      .map((port) => `${who}:${port}`),
  );
}
export const letIn = async (values: object) =>
  letThrough(await render({ ...on, ...values }), 'in').sort();
/** Without DNS, which is the same for all. */
export const letOut = async (values: object) =>
  letThrough(await render({ ...on, ...values }), 'out')
    .filter((peer) => !/DNS:(53|5353)$/.test(peer))
    .sort();

export const every = (port: number) => Object.keys(everybody).map((who) => `${who}:${port}`);
export const basics = ['Prometheus:9090', 'helm test:8080'];
export const redis = (url: string) => ({ dispatch: { backend: 'redis', redis: { url } } });
export const raft = { dispatch: { backend: 'raft' } };
export const mesh = (provider: string, more: object = {}) => ({
  serviceMesh: { enabled: true, provider, [provider]: more },
});
export const ambient = mesh('istio', { ambient: { enabled: true } });
