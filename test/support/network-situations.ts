import type { RenderedObject } from '../../src/checks/types.ts';
import type { Tree } from '../../src/values/tree.ts';

export const object = (
  kind: string,
  spec: Tree = {},
  annotations: Record<string, string> = {},
): RenderedObject => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name: 'xerv', namespace: 'xerv', labels: { app: 'xerv' }, annotations },
  spec,
});
export const ingress = object('Ingress');
export const mesh = (provider: string, more: Tree = {}): Tree => ({
  serviceMesh: { enabled: true, provider },
  ...more,
});

export const policy = (inner: Tree = {}, more: Tree = {}): Tree => ({
  networkPolicy: { enabled: true, ...inner },
  metrics: { enabled: false },
  ...more,
});
export const controller = (namespace: string) => ({
  namespace,
  name: 'istiod',
  image: '',
  version: '',
  wanted: 1,
  ready: 1,
});
export const namespaces = {
  monitoring: { 'kubernetes.io/metadata.name': 'monitoring' },
  frontend: { 'kubernetes.io/metadata.name': 'frontend', team: 'web' },
};
export const from = (...labels: Tree[]): Tree => ({
  ingress: [{ from: labels.map((matchLabels) => ({ namespaceSelector: { matchLabels } })) }],
});
