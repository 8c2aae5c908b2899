export { findResources, kindKey, resourcePath, servedVersions } from '../cluster/resources.ts';

/** Collections that are read by name throughout this folder. */
export const paths = {
  namespace: (namespace: string) => `/api/v1/namespaces/${namespace}`,
  pods: (namespace: string) => `/api/v1/namespaces/${namespace}/pods`,
  claims: (namespace: string) => `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
  secrets: (namespace: string) => `/api/v1/namespaces/${namespace}/secrets`,
  configMaps: (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`,
  services: (namespace: string) => `/api/v1/namespaces/${namespace}/services`,
  events: (namespace: string) => `/api/v1/namespaces/${namespace}/events`,
  statefulSets: (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
  deployments: (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/deployments`,
  replicaSets: (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/replicasets`,
  volume: (name: string) => `/api/v1/persistentvolumes/${name}`,
  storageClasses: '/apis/storage.k8s.io/v1/storageclasses',
} as const;

/** `?labelSelector=…` for labels that must all match. */
export function labelQuery(labels: Readonly<Record<string, string>>): string {
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return `?labelSelector=${encodeURIComponent(selector)}`;
}
