import type { Node, Path } from '../../values/tree.ts';
import type { CheckInput, Remedy } from '../types.ts';
import { amountText } from './amounts.ts';
import type { Unplaced } from './pack.ts';
import type { Place } from './places.ts';
import type { PodGroup } from './pods.ts';
import { podSum, withReplicas, withRequest } from './vary.ts';

/** Whether the pods, changed so, all find a place. */
export type Fits = (change: (group: PodGroup) => PodGroup) => boolean;

export interface Trouble {
  readonly input: Pick<CheckInput, 'values' | 'given' | 'effective'>;
  readonly unplaced: Unplaced;
  readonly places: readonly Place[];
  readonly fits: Fits;
  /** The same with nodes that were not looked at, because the pods may not run there as they are. */
  readonly couldFit: Fits;
}

/** Below this a request is no longer worth having. */
const leastRequests = {
  cpu: 0.01,
  memory: 64 * 2 ** 20,
  'ephemeral-storage': 64 * 2 ** 20,
} as const;

/** Changes of values that help, each tried on the same nodes; the mildest first. */
export function remediesOf(trouble: Trouble): readonly Remedy[] {
  return [
    ...apartWherePossible(trouble),
    ...spreadWherePossible(trouble),
    ...fewerReplicas(trouble),
    ...smallerRequests(trouble),
    ...anyNode(trouble),
    ...tolerate(trouble),
  ];
}

const remedy = (text: string, path: Path, value: unknown): Remedy => ({
  text,
  changes: [{ path, value }],
});

function apartWherePossible({ input, unplaced, fits }: Trouble): readonly Remedy[] {
  if (unplaced.group.apart.length + unplaced.group.away.length === 0) return [];
  if (!fits((group) => ({ ...group, apart: [], away: [] }))) return [];
  const text = 'Let replicas share a node if there are too few nodes.';
  // Rules of the user's own take the place of the chart's, whose default is a preference.
  return input.values.affinity.podAntiAffinity
    ? [remedy(text, ['affinity', 'podAntiAffinity'], undefined)]
    : [remedy(text, ['podAntiAffinity', 'type'], 'preferred')];
}

function spreadWherePossible({ input, unplaced, fits }: Trouble): readonly Remedy[] {
  if (unplaced.group.spread.length === 0) return [];
  if (!fits((group) => ({ ...group, spread: [] }))) return [];
  // minDomains goes with DoNotSchedule only.
  const rules = input.values.topologySpreadConstraints.map(({ minDomains: _, ...rule }) => ({
    ...rule,
    whenUnsatisfiable: 'ScheduleAnyway',
  }));
  return [remedy('Spread the replicas only where possible.', ['topologySpreadConstraints'], rules)];
}

function fewerReplicas({ input, unplaced: { group }, fits }: Trouble): readonly Remedy[] {
  const { values } = input;
  const isScaled = values.keda.enabled || values.autoscaling.enabled;
  if (group.replicas !== values.replicaCount || (isScaled && values.dispatch.backend !== 'raft'))
    return [];
  const isRaft = values.dispatch.backend === 'raft';
  for (let count = group.replicas - 1; count >= 1; count -= 1) {
    // Two members of raft, or four, are worse than one fewer.
    if (isRaft && count % 2 === 0) continue;
    if (fits((one) => (one.name === group.name ? withReplicas(one, count) : one)))
      return [remedy(`Run ${count} of ${group.replicas} replicas.`, ['replicaCount'], count)];
  }
  return [];
}

/** The largest requests with which all find a place: a whole part of what one of the nodes has. */
function smallerRequests({ input, unplaced, places, fits }: Trouble): readonly Remedy[] {
  const { group, reasons } = unplaced;
  const lacking = (['cpu', 'memory', 'ephemeral-storage'] as const).filter((resource) =>
    reasons.some(([reason]) => reason === `Insufficient ${resource}`),
  );
  let change: (group: PodGroup) => PodGroup = (one) => one;
  const changes: { path: Path; value: unknown }[] = [];
  for (const resource of lacking) {
    const before = change;
    const others = podSum(withRequest(group, resource, 0), resource);
    const now = podSum(group, resource) - others;
    const amounts = places
      .flatMap(({ room }) =>
        Array.from(
          { length: group.replicas },
          (_, index) => (room[resource] ?? 0) / (index + 1) - others,
        ),
      )
      .map((amount) => roundDown(resource, amount))
      .filter((amount) => amount < now && amount >= leastRequests[resource]);
    const candidates = [...new Set(amounts)].sort((one, other) => other - one);
    // With the other resources out of the way: they have their own turn.
    const rest = lacking.filter(
      (one) => one !== resource && !changes.some(({ path }) => path[2] === one),
    );
    const without = (one: PodGroup) =>
      rest.reduce((pod, other) => withRequest(pod, other, 0), before(one));
    const found = candidates.find((amount) =>
      fits((one) => withRequest(without(one), resource, amount)),
    );
    if (found === undefined) return [];
    changes.push({ path: ['resources', 'requests', resource], value: amountText(resource, found) });
    change = (one) => withRequest(before(one), resource, found);
  }
  if (changes.length === 0 || !fits(change) || !input.effective.resources) return [];
  const words = changes.map(({ path, value }) => `${path[2]} ${value}`).join(' and ');
  return [{ text: `Request less for each replica: ${words}.`, changes }];
}

const steps = { cpu: 0.01, memory: 16 * 2 ** 20, 'ephemeral-storage': 16 * 2 ** 20 } as const;
const roundDown = (resource: keyof typeof steps, amount: number) =>
  Math.floor((amount + 1e-9) / steps[resource]) * steps[resource];

function anyNode({ input, unplaced: { group }, couldFit }: Trouble): readonly Remedy[] {
  const found: Remedy[] = [];
  const { ofNoClass } = group;
  if (input.values.runtimeClassName && ofNoClass && couldFit((one) => one.ofNoClass ?? one))
    found.push(
      remedy(
        `Run the pods without RuntimeClass ${group.runtimeClassName}.`,
        ['runtimeClassName'],
        '',
      ),
    );
  const own = Object.keys(input.values.nodeSelector);
  if (
    own.length > 0 &&
    couldFit((one) => ({
      ...one,
      nodeSelector: Object.fromEntries(
        Object.entries(one.nodeSelector).filter(([key]) => !own.includes(key)),
      ),
    }))
  )
    found.push(remedy('Do not require node labels.', ['nodeSelector'], undefined));
  if (input.values.affinity.podAffinity && couldFit((one) => ({ ...one, near: [] })))
    found.push(remedy('Do not require nearby pods.', ['affinity', 'podAffinity'], undefined));
  if (input.values.affinity.nodeAffinity && couldFit((one) => ({ ...one, nodeTerms: undefined })))
    found.push(remedy('Do not require node affinity.', ['affinity', 'nodeAffinity'], undefined));
  return found;
}

/** Taints of a node that is not well are nobody's to tolerate. */
const isDeliberate = (key: string) => !key.startsWith('node.kubernetes.io/');

function tolerate({ input, places, couldFit }: Trouble): readonly Remedy[] {
  const taints = places
    .flatMap(({ taints: all }) => all)
    .filter(({ key, effect }) => effect !== 'PreferNoSchedule' && isDeliberate(key));
  const unique = new Map(taints.map((taint) => [JSON.stringify(taint), taint]));
  for (const { key, value, effect } of unique.values()) {
    const toleration = value
      ? { key, operator: 'Equal', value, effect }
      : { key, operator: 'Exists', effect };
    if (!couldFit((one) => ({ ...one, tolerations: [...one.tolerations, toleration] }))) continue;
    const all = [...input.values.tolerations, toleration] as readonly Node[];
    return [
      remedy(
        `Tolerate the taint ${key}${value ? `=${value}` : ''}:${effect}, if these nodes may run XERV too.`,
        ['tolerations'],
        all,
      ),
    ];
  }
  return [];
}
