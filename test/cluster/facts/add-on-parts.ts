/** The parts of the facts that tell of add-ons with kinds of their own. */
export const addOnParts = [
  'istio',
  'linkerd',
  'keda',
  'vpa',
  'prometheusOperator',
  'gateways',
] as const;
