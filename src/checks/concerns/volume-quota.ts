import { bytesText, shortageText } from '../fit/amounts.ts';
import { type NewClaim, newClaims, type VolumeShortage, volumeShortages } from '../fit/volumes.ts';
import { classPath } from '../storage-class.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, withFact } from '../verdicts.ts';

/** Smaller volumes are not worth having. */
const leastBytes = 2 ** 30;

/** Quotas that count volumes. */
export const volumeQuotaChecks: readonly Check[] = [
  {
    id: 'XV-309',
    category: 'storage',
    title: 'The namespace’s quota has room for the volumes',
    why: 'A StatefulSet’s claims are created pod by pod, long after helm reported success. If the quota refuses one, its pod and those after it are never created.',
    reads:
      'the namespace’s quotas on storage and claims, and their usage; claims that are rendered or made from a template, and existing ones',
    rules: ['D79'],
    applies: ({ objects }) => newClaims(objects, []).length > 0,
    needs: () => ['quotas', 'claims', 'storageClasses'],
    run: (input) =>
      withFact(input.facts, 'quotas', 'the quotas', (quotas) => {
        if (quotas.length === 0) return pass('The namespace has no quota.');
        return withFact(input.facts, 'claims', 'the claims', (existing) => {
          const names = existing.map(({ name }) => name);
          const claims = newClaims(input.objects, names);
          if (claims.length === 0) return pass('No volume is new.');
          const short = (changed: readonly NewClaim[]) =>
            volumeShortages(quotas, changed, defaultClass(input));
          const found = short(claims);
          return found.length === 0
            ? pass(`There is room for ${claims.length} volumes.`)
            : describeShortage(input, claims, found, (changed) => short(changed).length === 0);
        });
      }),
  },
];

/** The newest one of several cannot be told here; XV-308 speaks of them. */
function defaultClass({ facts: { storageClasses } }: CheckInput): string {
  const all = storageClasses?.state === 'known' ? storageClasses.value : [];
  return all.find(({ isDefault }) => isDefault)?.name ?? '';
}

function describeShortage(
  { values }: CheckInput,
  claims: readonly NewClaim[],
  short: readonly VolumeShortage[],
  fits: (claims: readonly NewClaim[]) => boolean,
): Verdict {
  const remedies: Remedy[] = [];
  const path = classPath(values)?.slice(0, -1);
  const ofSizes = short.filter(({ resource }) => resource.endsWith('requests.storage'));
  const share = Math.min(...ofSizes.map(({ left }) => Math.floor(left / claims.length)));
  const size = Math.floor(share / leastBytes) * leastBytes;
  if (path && ofSizes.length === short.length && size >= leastBytes)
    if (fits(claims.map((claim) => ({ ...claim, size }))))
      remedies.push({
        text: `Use volumes of ${bytesText(size)}.`,
        changes: [{ path: [...path, 'size'], value: bytesText(size) }],
      });
  if (values.dispatch.backend === 'raft') {
    // Two members of raft, or four, are worse than one fewer.
    const fewer = [...claims.keys()].filter((count) => count % 2 === 1).reverse();
    const count = fewer.find((one) => fits(claims.slice(0, one)));
    if (count !== undefined && claims.length === values.replicaCount)
      remedies.push({
        text: `${remedies.length > 0 ? 'Or run' : 'Run'} ${count} of ${values.replicaCount} replicas.`,
        changes: [{ path: ['replicaCount'], value: count }],
      });
  }
  remedies.push({
    text: `${remedies.length > 0 ? 'Or ask' : 'Ask'} the namespace’s owner to raise the quota.`,
  });
  return fail('The namespace’s quota has no room for all volumes.', {
    evidence: short.map(shortageText),
    remedies,
  });
}
