import type { FactValue } from '../../cluster/facts/facts.ts';
import { scalerOf } from '../../values/scale.ts';
import type { CheckInput, Remedy, Verdict } from '../types.ts';
import { warn } from '../verdicts.ts';
import { shortageText } from './amounts.ts';
import type { Amounts } from './containers.ts';
import { mayGrow } from './node-groups.ts';
import { pack, type TiesOf } from './pack.ts';
import { placesOf } from './places.ts';
import type { PodGroup } from './pods.ts';
import { shortagesOf } from './quota.ts';
import { withReplicas } from './vary.ts';

/**
 * Whether there is room on the nodes for as many replicas as an autoscaler may want. Only of nodes
 * that were all looked at, and that nobody adds to where pods wait.
 * @returns undefined where there is, or where nobody can say
 */
export function mostOnNodes(
  input: CheckInput,
  groups: readonly PodGroup[],
  nodes: FactValue<'nodes'>,
  tiesOf: TiesOf,
): Verdict | undefined {
  const scaled = findScaled(groups);
  if (!scaled || !nodes.complete || mayGrow(nodes) || nodes.seen.some(isUnseen)) return undefined;
  const wanted = scaledTo(groups, scaled, scaled.most);
  const unplaced = pack(wanted, placesOf(nodes, 'gone', 'taken'), tiesOf);
  // The others come after it, or fit as they did before.
  if (unplaced?.group.name !== scaled.name) return undefined;
  const why = unplaced.reasons.map(([reason, count]) => `${count} ${reason}`).join(', ');
  return tooMany(input, scaled, unplaced.placed, {
    message: `${unplaced.placed} of up to ${scaled.most} replicas of ${scaled.name} find a node.`,
    evidence: [`replica ${unplaced.placed + 1}: 0/${nodes.total} nodes are available: ${why}`],
    more: 'Or add nodes that the pods can use.',
  });
}

/** Nodes that the pods may run on, and whose pods could not be looked at. */
const isUnseen = ({ free, ready, unschedulable, taints }: FactValue<'nodes'>['seen'][number]) =>
  free === null && ready && !unschedulable && taints.length === 0;

/** The same of quotas. */
export function mostInQuotas(
  input: CheckInput,
  groups: readonly PodGroup[],
  quotas: FactValue<'quotas'>,
  back: Amounts,
): Verdict | undefined {
  const scaled = findScaled(groups);
  if (!scaled) return undefined;
  const shortWith = (count: number) => shortagesOf(quotas, scaledTo(groups, scaled, count), back);
  const short = shortWith(scaled.most);
  if (short.length === 0) return undefined;
  let fitting = scaled.most - 1;
  while (fitting > scaled.replicas && shortWith(fitting).length > 0) fitting -= 1;
  return tooMany(input, scaled, fitting, {
    message: `The quota has room for ${fitting} of up to ${scaled.most} replicas of ${scaled.name}.`,
    evidence: short.map(shortageText),
    more: 'Or ask the namespace’s owner to raise the quota.',
  });
}

/** The group that an autoscaler may make larger. */
const findScaled = (groups: readonly PodGroup[]) =>
  groups.find(({ most, replicas }) => most > replicas);

const scaledTo = (groups: readonly PodGroup[], scaled: PodGroup, count: number) =>
  groups.map((group) => (group === scaled ? withReplicas(group, count) : group));

function tooMany(
  { values }: CheckInput,
  { replicas }: PodGroup,
  fitting: number,
  said: { readonly message: string; readonly evidence: readonly string[]; readonly more: string },
): Verdict {
  const scaler = scalerOf(values);
  const path = scaler === 'keda' ? ['keda', 'maxReplicaCount'] : ['autoscaling', 'maxReplicas'];
  const fewer: Remedy[] =
    scaler && fitting >= replicas
      ? [{ text: `Let it scale to ${fitting}.`, changes: [{ path, value: fitting }] }]
      : [];
  return warn(`${said.message} The autoscaler may want more, and those would stay Pending.`, {
    evidence: said.evidence,
    remedies: [...fewer, { text: said.more }],
  });
}
