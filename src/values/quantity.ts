/** Suffixes of Kubernetes quantities (k8s.io/apimachinery/pkg/api/resource). */
const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity such as `50Gi` as a number (of bytes); NaN where it is none. */
export function parseQuantity(quantity: string | number): number {
  const match = /^([+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(quantity).trim());
  const factor = factors[match?.[2] ?? ''];
  return match?.[1] && factor !== undefined ? Number(match[1]) * factor : Number.NaN;
}
