import { claimNames } from '../stateful-set-claims.ts';
import { parseQuantity } from '../values/quantity.ts';
import { type CommandTarget, kubectlCommand } from './command-text.ts';
import { claimsOf, type ManifestObject, workloadsOf } from './manifest.ts';

/** The name of a claim, and the size that the manifest wants for it. */
export type ClaimSize = readonly [name: string, size: string];

/** Every claim that the objects make or use by template, one for each replica. */
export function wantedSizes(objects: readonly ManifestObject[]): Map<string, string> {
  return new Map([...chartClaims(objects), ...templateClaims(objects)]);
}

/** Claims that are objects of their own. */
export function chartClaims(objects: readonly ManifestObject[]): ClaimSize[] {
  return claimsOf(objects).map(claimSize);
}

/** Claims that StatefulSets make, one for each template and replica. */
export function templateClaims(objects: readonly ManifestObject[]): ClaimSize[] {
  return workloadsOf(objects).flatMap(({ kind, name, object }) => {
    if (kind !== 'StatefulSet') return [];
    return (object.spec.volumeClaimTemplates ?? []).flatMap((claim) => {
      const [template, size] = claimSize(claim);
      const names = claimNames(template, name, object.spec.replicas ?? 1);
      return names.map((one): ClaimSize => [one, size]);
    });
  });
}

function claimSize({ metadata, spec }: ReturnType<typeof claimsOf>[number]): ClaimSize {
  return [metadata.name, String(spec.resources.requests.storage ?? '')];
}

/** Whether a claim has less than the manifest wants; false where a size cannot be read. */
export function isSmaller(size: string, wanted: string): boolean {
  return parseQuantity(size) < parseQuantity(wanted);
}

/** What enlarges claims; a StatefulSet never does it. */
export function enlargeCommand(
  target: CommandTarget,
  claims: readonly string[],
  size: string,
): string {
  const patch = JSON.stringify({ spec: { resources: { requests: { storage: size } } } });
  return kubectlCommand(target, 'patch', 'pvc', ...claims, '-p', patch);
}

/**
 * What to know of claims that are smaller than the values say: those that were made before the
 * values grew. Empty where there are none.
 */
export function sizeNotices(
  target: CommandTarget,
  objects: readonly ManifestObject[],
  claims: readonly { readonly name: string; readonly size: string }[],
): string[] {
  const wanted = new Map(templateClaims(objects));
  const small = claims.filter(({ name, size }) => isSmaller(size, wanted.get(name) ?? size));
  const [first] = small;
  const size = first && wanted.get(first.name);
  if (!size) return [];
  const names = small.map(({ name }) => name);
  const have = small.length === 1 ? 'Claim' : 'Claims';
  return [
    `${have} ${small.map((claim) => `${claim.name} (${claim.size})`).join(', ')} ${small.length === 1 ? 'is' : 'are'} smaller than the ${size} of the values: a StatefulSet does not enlarge its claims. If not requested yet, and their class allows it: ${enlargeCommand(target, names, size)}`,
  ];
}
