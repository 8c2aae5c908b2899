import { judgeRoom } from '../fit/judge.ts';
import type { Tie, TiesOf } from '../fit/pack.ts';
import { hasPods, podGroups } from '../fit/pods.ts';
import { newClaims } from '../fit/volumes.ts';
import { runtimeClassesFor, withGroups } from '../fit/with-groups.ts';
import type { Check, CheckInput } from '../types.ts';
import { unknown, withFact } from '../verdicts.ts';

/**
 * From here on the keys of rules about other pods count without a switch.
 * Source: https://kubernetes.io/blog/2024/08/16/matchlabelkeys-podaffinity/
 */
const keysSince = 31;

/** Room for the pods. */
export const capacityChecks: readonly Check[] = [
  {
    id: 'XV-801',
    category: 'pods',
    title: 'The nodes have room for the pods',
    why: 'The scheduler places a pod by what it requests, not by what it uses. A replica that fits on no node stays Pending, and the install waits for it until it times out.',
    reads:
      'the rendered pods, with mesh sidecars, and how many an autoscaler may want; the nodes with labels, taints and free capacity; other pods that ours must be near or far from, or that keep ours away; zones and nodes of existing volumes, and those of the StorageClass of new ones; what a RuntimeClass adds; in an upgrade, whether pods are replaced',
    rules: ['D11', 'D79'],
    applies: ({ objects }) => hasPods(objects),
    needs: ({ objects, live }) => [
      'nodes',
      'namespace',
      'claims',
      ...(live ? (['rollouts'] as const) : []),
      ...runtimeClassesFor(objects),
      ...(podGroups(objects, {}).some(({ usesKeys }) => usesKeys) ? (['server'] as const) : []),
      ...(newClaims(objects, []).length > 0 ? (['storageClasses'] as const) : []),
    ],
    run: (input) =>
      withFact(input.facts, 'nodes', 'the nodes', (nodes) =>
        withGroups(input, (groups) => {
          const { server } = input.facts;
          if (server?.state === 'known' && server.value.minor < keysSince)
            if (groups.some(({ usesKeys }) => usesKeys))
              return unknown(
                `Kubernetes ${server.value.gitVersion} may leave matchLabelKeys and mismatchLabelKeys out: clusters mind them since 1.${keysSince}.`,
              );
          return judgeRoom(input, groups, nodes, volumeTies(input));
        }),
      ),
  },
];

const zoneLabel = 'topology.kubernetes.io/zone';
const hostLabel = 'kubernetes.io/hostname';

/**
 * Where the volumes of each pod hold it: those that exist to their zone or node, those to come to
 * the zones of their class. What could not be seen holds no pod anywhere, as far as anybody can tell.
 */
function volumeTies({ facts, objects }: CheckInput): TiesOf {
  const claims = facts.claims?.state === 'known' ? facts.claims.value : [];
  const classes = facts.storageClasses?.state === 'known' ? facts.storageClasses.value : [];
  const usual = classes.filter(({ isDefault }) => isDefault);
  const coming = newClaims(
    objects,
    claims.map(({ name }) => name),
  );
  const ties = new Map<string, readonly Tie[]>([
    ...claims.map(({ name, zones, hosts }): [string, readonly Tie[]] => [
      name,
      [
        { key: zoneLabel, values: zones ?? [] },
        { key: hostLabel, values: hosts ?? [] },
      ],
    ]),
    ...coming.map(({ name, storageClass }): [string, readonly Tie[]] => {
      // Which of several default classes is taken, their age tells, which is not known here.
      const [only, ...others] = usual;
      const own = storageClass
        ? classes.find((one) => one.name === storageClass)
        : others.length === 0
          ? only
          : undefined;
      return [
        name,
        [
          { key: zoneLabel, values: own?.zones ?? [] },
          { key: hostLabel, values: own?.hosts ?? [] },
        ],
      ];
    }),
  ]);
  return (group, ordinal) =>
    group
      .claimsOf(ordinal)
      .flatMap((name) => ties.get(name) ?? [])
      .filter(({ values }) => values.length > 0);
}
