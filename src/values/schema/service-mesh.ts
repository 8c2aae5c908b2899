/** Istio or Linkerd. */
export const serviceMesh = {};
