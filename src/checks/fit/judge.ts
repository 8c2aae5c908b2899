import type { FactValue } from '../../cluster/facts/facts.ts';
import type { CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, unknown, warn } from '../verdicts.ts';
import { amountText } from './amounts.ts';
import { mostOnNodes } from './judge-most.ts';
import { mayGrow } from './node-groups.ts';
import { pack, type TiesOf, type Unplaced } from './pack.ts';
import { type Doubt, type Place, placesOf } from './places.ts';
import type { Rule } from './pod-rules.ts';
import type { PodGroup } from './pods.ts';
import { remediesOf } from './remedies.ts';
import { mayRestart, rolloutsOf, surges } from './surge.ts';
import { podSum } from './vary.ts';

type Nodes = FactValue<'nodes'>;

/** Whether the pods find room on the nodes, and if not, which does not, why and what helps. */
export function judgeRoom(
  input: CheckInput,
  groups: readonly PodGroup[],
  nodes: Nodes,
  tiesOf: TiesOf,
): Verdict | readonly Verdict[] {
  const tryOn = (doubt: Doubt) => {
    const places = placesOf(nodes, 'gone', doubt);
    return { places, unplaced: pack(groups, places, tiesOf) };
  };
  const [unclear] = groups.filter((group) => group.unclear.length > 0);
  if (unclear)
    return unknown(
      `Where pods of ${unclear.name} may go depends on labels that only their controller gives them.`,
      { evidence: unclear.unclear },
    );
  const sure = tryOn('taken');
  if (!sure.unplaced) {
    const [kept] = groups.filter((group) => unseenRules(group.away, nodes).length > 0);
    if (kept)
      return unknown(
        `Could not see where all the pods are that ${kept.name} must keep away from.`,
        {
          evidence: unseenRules(kept.away, nodes).map(({ text }) => `podAntiAffinity: ${text}`),
        },
      );
    const now = judgeSurge(input, groups, nodes, tiesOf);
    const later = now.status === 'pass' ? mostOnNodes(input, groups, nodes, tiesOf) : undefined;
    return later ? [now, later] : now;
  }
  const { unplaced } = sure;
  const couldFit = !tryOn('free').unplaced || nodes.seen.length < nodes.total;
  const details = { evidence: evidenceOf(unplaced, nodes, tiesOf) };
  const unseen = unseenRules(unplaced.group.near, nodes);
  if (unseen.length > 0 && !pack(groups.map(withoutNear), sure.places, tiesOf))
    return unknown(`Could not locate all pods that ${unplaced.group.name} must be near.`, {
      evidence: [...details.evidence, ...unseen.map(({ text }) => `podAffinity: ${text}`)],
    });
  if (couldFit && !nodes.complete)
    return unknown(
      `${countSeen(nodes)} were checked, and not every replica found room there.`,
      details,
    );
  if (couldFit && nodes.seen.some(({ free }) => free === null))
    if (!tryOn('free').unplaced)
      // Nodes on which the pods may not run at all are not asked about; these may help.
      return unknown('Could not see what runs on the nodes.', details);
  return describeFailure(input, groups, nodes, sure.places, unplaced, tiesOf);
}

function describeFailure(
  input: CheckInput,
  groups: readonly PodGroup[],
  nodes: Nodes,
  places: readonly Place[],
  unplaced: Unplaced,
  tiesOf: TiesOf,
): Verdict {
  const { group, placed } = unplaced;
  const fits = (change: (group: PodGroup) => PodGroup) => !pack(groups.map(change), places, tiesOf);
  const hopeful = placesOf(nodes, 'gone', 'free');
  const couldFit = (change: (group: PodGroup) => PodGroup) =>
    !pack(groups.map(change), hopeful, tiesOf);
  const found = remediesOf({ input, unplaced, places, fits, couldFit });
  const more = `${found.length > 0 ? 'Or add' : 'Add'} nodes that the pods can use`;
  const remedies: Remedy[] = [
    ...found,
    { text: `${more}: each replica requests ${requestText(group)}.` },
  ];
  const what =
    placed === 0
      ? `No replica of ${group.name} finds a node with room.`
      : `${placed} of ${group.replicas} replicas of ${group.name} find a node; the others do not.`;
  const evidence = evidenceOf(unplaced, nodes, tiesOf);
  const grows = mayGrow(nodes);
  if (grows)
    return warn(`${what} Unless a cluster autoscaler adds nodes, they stay Pending.`, {
      evidence: [...evidence, `nodes have the label ${grows}: their group may grow`],
      remedies,
    });
  return fail(what, { evidence, remedies });
}

const withoutNear = (group: PodGroup): PodGroup => ({ ...group, near: [] });

/** Rules about pods of others of which not every node with such pods is known. */
const unseenRules = (rules: readonly Rule[], { neighbours = [] }: Nodes) =>
  rules.filter(
    (one) =>
      one.canBeOfOthers && !neighbours.some(({ rule, complete }) => rule === one.text && complete),
  );

/** A Deployment whose pods may not be fewer needs room for one more while it is replaced. */
function judgeSurge(
  input: CheckInput,
  groups: readonly PodGroup[],
  nodes: Nodes,
  tiesOf: TiesOf,
): Verdict {
  const count = groups.reduce((sum, { replicas }) => sum + replicas, 0);
  const fitting = pass(`${count} ${count === 1 ? 'pod finds' : 'pods find'} room on the nodes.`, {
    evidence: groups.map((group) => `${group.name}: ${group.replicas} × ${requestText(group)}`),
  });
  const rollouts = rolloutsOf(input.facts);
  const rolling = groups.filter((group) => surges(group) && mayRestart(group, rollouts));
  if (rolling.length === 0) return fitting;
  const live = input.action === 'upgrade';
  const wanted = live
    ? rolling.map((group) => ({ ...group, replicas: 1 }))
    : groups.map((group) =>
        rolling.includes(group) ? { ...group, replicas: group.replicas + 1 } : group,
      );
  const unplaced = pack(wanted, placesOf(nodes, live ? 'there' : 'gone', 'taken'), tiesOf);
  if (!unplaced) return fitting;
  const lenient = pack(wanted, placesOf(nodes, live ? 'there' : 'gone', 'free'), tiesOf);
  if (!nodes.complete && (!lenient || nodes.seen.length < nodes.total)) return fitting;
  const details = {
    evidence: evidenceOf(unplaced, nodes, tiesOf),
    remedies: [
      {
        text: 'Let an upgrade stop a pod before it starts its successor.',
        changes: [
          {
            path: ['updateStrategy'],
            value: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
          },
        ],
      },
    ],
  };
  const name = unplaced.group.name;
  return live
    ? fail(
        `The upgrade of ${name} needs room for one more pod, which the nodes do not have.`,
        details,
      )
    : warn(`${name} finds room, but an upgrade would need room for one more pod.`, details);
}

function evidenceOf(
  { group, placed, reasons }: Unplaced,
  nodes: Nodes,
  tiesOf: TiesOf,
): readonly string[] {
  const why = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ');
  return [
    `replica ${placed + 1} of ${group.replicas} of ${group.name} (${requestText(group)}): 0/${nodes.total} nodes are available: ${why || 'there is none'}`,
    ...(reasons.some(([reason]) => reason.includes('volume node affinity'))
      ? describeTies(group, tiesOf)
      : []),
    ...(nodes.seen.length < nodes.total ? [`${countSeen(nodes)} were looked at`] : []),
    ...nodes.seen
      .flatMap(({ repelling = [] }) => repelling)
      .slice(0, 3)
      .map(({ pod, key }) => `pod ${pod} keeps these pods away by its podAntiAffinity (${key})`),
  ];
}

/** Where volumes hold the pods, each place once. */
function describeTies(group: PodGroup, tiesOf: TiesOf): readonly string[] {
  const ties = Array.from({ length: group.replicas }, (_, ordinal) => tiesOf(group, ordinal));
  const words = ties
    .flat()
    .map(
      ({ key, values }) => `volumes can only be used on nodes with ${key} ${values.join(' or ')}`,
    );
  return [...new Set(words)].slice(0, 3);
}

const countSeen = ({ seen, total }: Nodes) => `${seen.length} of ${total} nodes`;

/** `500m CPU and 1Gi of memory`, with what a mesh adds. */
function requestText(group: PodGroup): string {
  const proxies = group.containers.filter(({ name }) => name.endsWith('-proxy'));
  const added = proxies.map(({ name }) => name);
  const text = (resource: string) => amountText(resource, podSum(group, resource));
  const disk = podSum(group, 'ephemeral-storage') > 0;
  return [
    `${text('cpu')} CPU and ${text('memory')} of memory`,
    ...(disk ? [` and ${text('ephemeral-storage')} of scratch space`] : []),
    ...(added.length > 0 ? [` with ${added.join(' and ')}`] : []),
    ...(Object.keys(group.overhead).length > 0
      ? [` with the overhead of RuntimeClass ${group.runtimeClassName}`]
      : []),
  ].join('');
}
