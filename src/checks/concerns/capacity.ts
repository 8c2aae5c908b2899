import { judgeRoom } from '../fit/judge.ts';
import type { ZonesOf } from '../fit/pack.ts';
import { hasPods, podGroups } from '../fit/pods.ts';
import type { Check, CheckInput } from '../types.ts';
import { withFact } from '../verdicts.ts';

/** Room for the pods. */
export const capacityChecks: readonly Check[] = [
  {
    id: 'XV-801',
    category: 'pods',
    title: 'The nodes have room for the pods',
    why: 'The scheduler places a pod by what it requests, not by what it uses. A replica that no node has room for stays Pending, and the install waits for it until its time is over.',
    reads:
      'the rendered pods, with the sidecars of a mesh; the nodes with labels, taints and free room; zones of the volumes that exist',
    rules: ['D11', 'D79'],
    applies: ({ objects }) => hasPods(objects),
    needs: () => ['nodes', 'namespace', 'claims'],
    run: (input) =>
      withFact(input.facts, 'nodes', 'the nodes', (nodes) => {
        const groups = podGroups(input.objects, namespaceLabels(input));
        return judgeRoom(input, groups, nodes, volumeZones(input));
      }),
  },
];

/** Empty where they could not be seen: then only the pods' own labels tell of a mesh. */
export function namespaceLabels({ facts }: CheckInput): Readonly<Record<string, string>> {
  return facts.namespace?.state === 'known' ? facts.namespace.value.labels : {};
}

/** Claims that could not be seen hold no pod anywhere, as far as anybody can tell. */
function volumeZones({ facts }: CheckInput): ZonesOf {
  const claims = facts.claims?.state === 'known' ? facts.claims.value : [];
  return (group, ordinal) => {
    const names = group.claimsOf(ordinal);
    const zones = claims.flatMap((claim) =>
      names.includes(claim.name) && claim.zones && claim.zones.length > 0 ? [claim.zones] : [],
    );
    return zones.length === 0
      ? undefined
      : zones.reduce((some, more) => some.filter((zone) => more.includes(zone)));
  };
}
