import type { Values } from '../values/schema/index.ts';
import type { Remedy } from './types.ts';

type Provider = 'istio' | 'linkerd';

/** The mesh that these values ask for. */
export function providerOf({ serviceMesh }: Values): Provider | undefined {
  return serviceMesh.enabled && serviceMesh.provider !== '' ? serviceMesh.provider : undefined;
}

/** Whether the pods ask for ambient mode, which has no sidecars. */
export function isAmbient(values: Values): boolean {
  return providerOf(values) === 'istio' && values.serviceMesh.istio.ambient.enabled;
}

/** Whether the pods ask for Istio's sidecar. */
export function isIstioInjected(values: Values): boolean {
  const { istio } = values.serviceMesh;
  return providerOf(values) === 'istio' && istio.injection.enabled && !istio.ambient.enabled;
}

/** Whether the pods ask for Linkerd's proxy. */
export function isLinkerdInjected(values: Values): boolean {
  return providerOf(values) === 'linkerd' && values.serviceMesh.linkerd.injection.enabled;
}

/** Whether a proxy would stand before XERV in its pod. */
export const isInjected = (values: Values): boolean =>
  isIstioInjected(values) || isLinkerdInjected(values);

/** Whether Linkerd would be asked to split traffic; members of raft are fixed, so not for raft. */
export function isSplit(values: Values): boolean {
  return (
    providerOf(values) === 'linkerd' &&
    values.serviceMesh.linkerd.trafficSplit.enabled &&
    values.dispatch.backend !== 'raft'
  );
}

export const withoutMesh: Remedy = {
  text: 'Or install without a mesh.',
  changes: [{ path: ['serviceMesh', 'enabled'], value: false }],
};

/** Gateway API, whose HTTPRoute is in the standard channel since v1.0. */
export const installGatewayApi: Remedy = {
  text: 'Install the Gateway API.',
  command:
    'kubectl apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.0/standard-install.yaml',
};
