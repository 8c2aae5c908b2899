import { join } from 'node:path';

/**
 * @typedef {{directory: string, server: string,
 *   ports: {etcd: number, etcdPeer: number, apiserver: number, kubelet: number}}} Place
 */

/** Where things lie in a control plane's directory. */
export const LAYOUT = {
  /** @param {string} directory */
  certificate: (directory) => join(directory, 'certificates', 'server.crt'),
  /** @param {string} directory */
  key: (directory) => join(directory, 'certificates', 'server.key'),
  /** @param {string} directory */
  certificateAuthority: (directory) => join(directory, 'certificates', 'ca.crt'),
  /** @param {string} directory */
  serviceAccountKey: (directory) => join(directory, 'certificates', 'service-account.key'),
  /** @param {string} directory */
  serviceAccountPublicKey: (directory) => join(directory, 'certificates', 'service-account.pub'),
  /** @param {string} directory */
  tokens: (directory) => join(directory, 'tokens.csv'),
  /** @param {string} directory */
  stages: (directory) => join(directory, 'kwok.yaml'),
  /**
   * @param {string} directory
   * @param {string} user
   */
  kubeconfig: (directory, user) => join(directory, 'kubeconfigs', `${user}.yaml`),
  /**
   * @param {string} directory
   * @param {string} role
   */
  log: (directory, role) => join(directory, 'logs', `${role}.log`),
};

/** Service account tokens name this issuer. */
const ISSUER = 'https://kubernetes.default.svc';

/**
 * The flags of each role.
 * @type {Readonly<Record<string, (place: Place) => string[]>>}
 */
export const ROLES = {
  etcd: ({ directory, ports }) => [
    `--data-dir=${join(directory, 'etcd')}`,
    // The data need not outlive the machine.
    '--unsafe-no-fsync',
    `--listen-client-urls=http://127.0.0.1:${ports.etcd}`,
    `--advertise-client-urls=http://127.0.0.1:${ports.etcd}`,
    `--listen-peer-urls=http://127.0.0.1:${ports.etcdPeer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${ports.etcdPeer}`,
    `--initial-cluster=default=http://127.0.0.1:${ports.etcdPeer}`,
    '--log-level=warn',
  ],
  'kube-apiserver': ({ directory, ports }) => [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${ports.apiserver}`,
    `--tls-cert-file=${LAYOUT.certificate(directory)}`,
    `--tls-private-key-file=${LAYOUT.key(directory)}`,
    `--cert-dir=${join(directory, 'certificates')}`,
    `--service-account-issuer=${ISSUER}`,
    `--service-account-key-file=${LAYOUT.serviceAccountPublicKey(directory)}`,
    `--service-account-signing-key-file=${LAYOUT.serviceAccountKey(directory)}`,
    `--token-auth-file=${LAYOUT.tokens(directory)}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.96.0.0/16',
    // Those that are not on by default; PodSecurity and LimitRanger are named to be sure of them.
    '--enable-admission-plugins=NodeRestriction,ResourceQuota,LimitRanger,PodSecurity',
    '--kubelet-preferred-address-types=ExternalIP',
    // No endpoint of the service `kubernetes` to keep up to date: no pod can ask it.
    '--endpoint-reconciler-type=none',
  ],
  'kube-controller-manager': ({ directory }) => [
    `--kubeconfig=${LAYOUT.kubeconfig(directory, 'admin')}`,
    `--service-account-private-key-file=${LAYOUT.serviceAccountKey(directory)}`,
    `--root-ca-file=${LAYOUT.certificateAuthority(directory)}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ],
  'kube-scheduler': ({ directory }) => [
    `--kubeconfig=${LAYOUT.kubeconfig(directory, 'admin')}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ],
  provisioner: ({ directory }) => [`--kubeconfig=${LAYOUT.kubeconfig(directory, 'admin')}`],
  kwok: ({ directory, ports }) => [
    `--kubeconfig=${LAYOUT.kubeconfig(directory, 'admin')}`,
    `--config=${LAYOUT.stages(directory)}`,
    '--manage-all-nodes=true',
    // Apart from the addresses of the nodes.
    '--cidr=10.244.0.0/16',
    '--node-lease-duration-seconds=40',
    '--node-ip=127.0.0.1',
    `--node-port=${ports.kubelet}`,
    `--server-address=127.0.0.1:${ports.kubelet}`,
    `--tls-cert-file=${LAYOUT.certificate(directory)}`,
    `--tls-private-key-file=${LAYOUT.key(directory)}`,
  ],
};
