/** What a chart may ask about the cluster that it is rendered for. */
export interface Capabilities {
  /** Such as v1.36.3. */
  readonly kubeVersion: string;
  /** Every group and version, such as apps/v1. */
  readonly apiVersions: readonly string[];
}

/** A cluster as most are; it can be rendered for before the real one has answered. */
export const usualCluster: Capabilities = { kubeVersion: 'v1.33.0', apiVersions: [] };

/**
 * Every question that the bundled chart asks about a cluster: in its templates, and in the
 * kubeVersion of Chart.yaml. A test holds the table against them.
 */
const questions: readonly ((cluster: Capabilities) => boolean)[] = [
  (cluster) => isAtLeast(cluster, 25),
  (cluster) => isAtLeast(cluster, 27),
  (cluster) => isAtLeast(cluster, 33),
  ({ apiVersions }) => apiVersions.includes('security.openshift.io/v1'),
  ({ apiVersions }) =>
    apiVersions.includes('split.smi-spec.io/v1alpha2') &&
    !apiVersions.includes('gateway.networking.k8s.io/v1'),
];

/** Whether the bundled chart makes the same of any values for both clusters. */
export function rendersAlike(one: Capabilities, other: Capabilities): boolean {
  return questions.every((ask) => ask(one) === ask(other));
}

/** Of Kubernetes 1, by its minor version; what is no such version is not. */
function isAtLeast({ kubeVersion }: Capabilities, minor: number): boolean {
  const [, major, found] = /^v?(\d+)\.(\d+)/.exec(kubeVersion) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(found) >= minor);
}
