/**
 * A kubeconfig with one cluster, one user and one context, which is the current one.
 * @param {{server: string, certificateAuthority: string, cluster: string, user: string,
 *   token: string}} options certificateAuthority: PEM text
 */
export function formatKubeconfig({ server, certificateAuthority, cluster, user, token }) {
  return `apiVersion: v1
kind: Config
current-context: ${cluster}
clusters:
- name: ${cluster}
  cluster:
    server: ${server}
    certificate-authority-data: ${Buffer.from(certificateAuthority).toString('base64')}
contexts:
- name: ${cluster}
  context:
    cluster: ${cluster}
    user: ${user}
users:
- name: ${user}
  user:
    token: ${token}
`;
}
