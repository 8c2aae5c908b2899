/**
 * The name of the claim that a StatefulSet makes of one template for one pod.
 * Source: kubernetes.io, "StatefulSets", "Stable Storage".
 */
export function claimName(template: string, set: string, ordinal: number): string {
  return `${template}-${set}-${ordinal}`;
}

/** The names of the claims that a StatefulSet makes of one template for pods 0 to `replicas` - 1. */
export function claimNames(template: string, set: string, replicas: number): string[] {
  return Array.from({ length: replicas }, (_, ordinal) => claimName(template, set, ordinal));
}

/** Which pod of a StatefulSet a claim of one template is for; undefined where it is none of them. */
export function ordinalOf(claim: string, template: string, set: string): number | undefined {
  const prefix = `${template}-${set}-`;
  const ordinal = claim.slice(prefix.length);
  return claim.startsWith(prefix) && /^\d+$/.test(ordinal) ? Number(ordinal) : undefined;
}
