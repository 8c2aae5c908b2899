import type { FactValue } from '../../cluster/facts/facts.ts';
import type { CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';
import { amountText, shortageText } from './amounts.ts';
import { type Amounts, sumOfPod } from './containers.ts';
import { mostInQuotas } from './judge-most.ts';
import { withDefaults } from './limits.ts';
import type { PodGroup } from './pods.ts';
import { type Shortage, shortagesOf, type Unsaid, unsaidIn } from './quota.ts';
import { doubtful } from './quota-scopes.ts';
import { mayRestart, surges } from './surge.ts';
import { serverContainer, withReplicas } from './vary.ts';

export interface QuotaFacts {
  readonly quotas: FactValue<'quotas'>;
  readonly ranges: FactValue<'limitRanges'>;
  /** The live workload and the nodes with its pods; undefined for an install. */
  readonly workload: FactValue<'workload'> | undefined;
  readonly nodes: FactValue<'nodes'> | undefined;
  /** Empty for an install, and where nobody can tell. */
  readonly rollouts: FactValue<'rollouts'>;
}

export function judgeQuotas(
  input: CheckInput,
  rendered: readonly PodGroup[],
  facts: QuotaFacts,
): Verdict {
  const { quotas, ranges } = facts;
  if (quotas.length === 0) return pass('The namespace has no quota.');
  const groups = rendered.map((group) => withDefaults(group, ranges));
  const unsaid = unsaidIn(quotas, groups);
  if (unsaid.length > 0) return describeUnsaid(unsaid);
  const back = givenBack(groups, facts);
  const short = shortagesOf(quotas, groups, back);
  if (short.length > 0) return describeShortage(input, groups, facts, back, short);
  const rolling = groups.map((group) =>
    surges(group) && mayRestart(group, facts.rollouts)
      ? withReplicas(group, group.replicas + 1)
      : group,
  );
  const later = shortagesOf(quotas, rolling, back);
  const passed = pass('They have room.', {
    evidence: doubtful(quotas, groups).map(
      ({ name, scopes }) =>
        `ResourceQuota ${name} counts only some pods (${scopes.map(({ scope }) => scope).join(', ')}), and was not checked`,
    ),
  });
  if (later.length === 0) return mostInQuotas(input, groups, quotas, back) ?? passed;
  const say = facts.workload ? fail : warn;
  return say('The quota has no room for the extra pod that an upgrade starts first.', {
    evidence: later.map(shortageText),
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
  });
}

/** What the pods that run now count for: of requests as seen on the nodes, the rest as planned. */
function givenBack(
  groups: readonly PodGroup[],
  { workload, nodes, rollouts }: QuotaFacts,
): Amounts {
  if (!workload) return {};
  const back: Record<string, number> = {};
  for (const group of groups) {
    const replicas =
      group.name === workload.name
        ? workload.replicas
        : (rollouts[`${group.kind}/${group.name}`]?.replicas ?? 0);
    add(back, 'pods', replicas);
    for (const what of ['requests', 'limits'] as const)
      for (const [of, amount] of Object.entries(sumOfPod(group, what)))
        add(back, `${what}.${of}`, amount * replicas);
  }
  const rooms = nodes?.seen.flatMap(({ ownRoom }) => ownRoom ?? []) ?? [];
  const seen = rooms.reduce((sum, { pods }) => sum + pods, 0);
  if (seen === back.pods)
    for (const of of ['cpu', 'memory'] as const)
      back[`requests.${of}`] = rooms.reduce((sum, room) => sum + room[of], 0);
  return back;
}

function add(amounts: Record<string, number>, key: string, amount: number): void {
  amounts[key] = (amounts[key] ?? 0) + amount;
}

function describeUnsaid(unsaid: readonly Unsaid[]): Verdict {
  const own = unsaid.filter(({ container }) => container === serverContainer);
  const unique = new Map(own.map((one) => [`${one.what}.${one.of}`, one]));
  const changes = [...unique.values()].map(
    ({ what, of }): ValueChange => ({
      path: ['resources', what, of],
      value: defaults[what][of as 'cpu' | 'memory'],
    }),
  );
  const others = [...new Set(unsaid.map(({ container }) => container))].filter(
    (name) => name !== serverContainer,
  );
  return fail('The quota requires every container to set resources, and some do not.', {
    evidence: unsaid.map(
      ({ quota, resource, container }) =>
        `ResourceQuota ${quota} counts ${resource}; container ${container} does not set it`,
    ),
    remedies: [
      ...(changes.length > 0 ? [{ text: 'Set them for XERV.', changes }] : []),
      ...(others.length > 0
        ? [{ text: `Set resources of ${others.join(', ')}, or create a LimitRange with defaults.` }]
        : []),
    ],
  });
}

/** What the chart itself has. */
const defaults = {
  requests: { cpu: '100m', memory: '256Mi' },
  limits: { cpu: '1000m', memory: '1Gi' },
} as const;

function describeShortage(
  { values }: CheckInput,
  groups: readonly PodGroup[],
  { quotas }: QuotaFacts,
  back: Amounts,
  short: readonly Shortage[],
): Verdict {
  const fits = (changed: readonly PodGroup[]) => shortagesOf(quotas, changed, back).length === 0;
  const main = groups[0];
  const remedies: Remedy[] = [];
  if (main && short.every(({ what }) => what !== 'pods')) {
    const smaller = lessOf(main, groups, short);
    if (smaller && fits(groups.map((group) => (group === main ? smaller : group))))
      remedies.push(asRemedy(main, smaller));
  }
  if (main && main.replicas === values.replicaCount) {
    const isRaft = values.dispatch.backend === 'raft';
    for (let count = main.replicas - 1; count >= 1; count -= 1) {
      if (isRaft && count % 2 === 0) continue;
      if (!fits(groups.map((group) => (group === main ? withReplicas(group, count) : group))))
        continue;
      remedies.unshift({
        text: `Run ${count} of ${main.replicas} replicas.`,
        changes: [{ path: ['replicaCount'], value: count }],
      });
      break;
    }
  }
  remedies.push({ text: 'Or ask the namespace’s owner to raise the quota.' });
  return fail('The namespace’s quota has no room for all pods.', {
    evidence: short.map(shortageText),
    remedies,
  });
}

/** The group with what is short cut down to an equal share of what is left. */
function lessOf(
  main: PodGroup,
  groups: readonly PodGroup[],
  short: readonly Shortage[],
): PodGroup | undefined {
  const cut = new Map<string, number>();
  for (const { what, of, left, wanted } of short) {
    const others = wanted - main.replicas * (sumOfPod(main, what as 'requests')[of] ?? 0);
    const beside =
      (sumOfPod(main, what as 'requests')[of] ?? 0) -
      (main.containers.find(({ name }) => name === serverContainer)?.[what as 'requests'][of] ?? 0);
    const share = (left - others) / main.replicas - beside;
    const rounded =
      of === 'cpu' ? Math.floor(share * 100 + 1e-6) / 100 : Math.floor(share / 2 ** 20) * 2 ** 20;
    const least = of === 'cpu' ? 0.01 : 64 * 2 ** 20;
    if (rounded < least) return undefined;
    cut.set(`${what}.${of}`, Math.min(rounded, cut.get(`${what}.${of}`) ?? rounded));
  }
  if (groups.length === 0) return undefined;
  return {
    ...main,
    containers: main.containers.map((container) => {
      if (container.name !== serverContainer) return container;
      const limits: Record<string, number> = { ...container.limits };
      const requests: Record<string, number> = { ...container.requests };
      for (const [key, amount] of cut) {
        const [what, of = ''] = key.split('.');
        if (what === 'limits') limits[of] = amount;
        else requests[of] = amount;
      }
      // A request above its limit is refused.
      for (const [of, limit] of Object.entries(limits))
        if ((requests[of] ?? 0) > limit) requests[of] = limit;
      return { ...container, limits, requests };
    }),
  };
}

function asRemedy(before: PodGroup, after: PodGroup): Remedy {
  const [old, wanted] = [before, after].map(({ containers }) =>
    containers.find(({ name }) => name === serverContainer),
  );
  const changes = (['requests', 'limits'] as const).flatMap((what) =>
    Object.entries(wanted?.[what] ?? {}).flatMap(([of, amount]): ValueChange[] =>
      old?.[what][of] === amount
        ? []
        : [{ path: ['resources', what, of], value: amountText(of, amount) }],
    ),
  );
  const words = changes.map(({ path, value }) => `${path.slice(1).join('.')} ${value}`).join(', ');
  return { text: `Ask for less: ${words}.`, changes };
}
