import { claimNames } from '../../stateful-set-claims.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';

const isRaft = ({ values }: Pick<CheckInput, 'values'>) => values.dispatch.backend === 'raft';

/** How many members a raft cluster has. */
export const raftChecks: readonly Check[] = [
  {
    id: 'XV-205',
    category: 'backend',
    title: 'The number of raft replicas gives fault tolerance',
    why: 'Raft goes on while more than half of its members live: three survive the loss of one, five of two. One more than an odd number adds cost and no safety; two survive nothing.',
    reads: 'dispatch.backend, replicaCount',
    rules: ['D03', 'D04'],
    applies: isRaft,
    needs: () => [],
    run: ({ values: { replicaCount } }) => judgeMembers(replicaCount),
  },
  {
    id: 'XV-209',
    category: 'backend',
    title: 'Raft members come and go one at a time',
    why: 'The members of a raft cluster agree on who belongs to it. Several at once can leave it without a majority, and the volume of a member that went holds a state that is wrong when it comes back.',
    reads: 'replicaCount; the replicas of the live StatefulSet, and the claims that are there',
    rules: ['D13'],
    applies: (input) => isRaft(input) && input.live !== undefined,
    needs: () => ['workload', 'claims'],
    run: ({ facts, values: { replicaCount: after }, target }) =>
      withFact(facts, 'workload', 'the live StatefulSet', (workload) => {
        if (workload?.kind !== 'StatefulSet') return pass('There is no StatefulSet yet.');
        const { name, replicas: before } = workload;
        const change = judgeChange({ name, before, after }, target);
        // Of a cluster that rests, they are what the members come back with.
        if (after <= before || before === 0) return change;
        const left = withFact(facts, 'claims', 'the claims', (claims) =>
          judgeLeft(
            { name, before, after },
            claims.map((claim) => claim.name),
            target,
          ),
        );
        return [change, left].flat();
      }),
  },
];

function judgeMembers(count: number) {
  const evidence = [`replicaCount: ${count}`];
  const use = (value: number, text: string): Remedy => ({
    text,
    changes: [{ path: ['replicaCount'], value }],
  });
  if (count === 1)
    return warn('One raft replica: XERV stops whenever it does.', {
      evidence,
      remedies: [use(3, 'Run three.')],
    });
  if (count === 2)
    return fail('Two raft replicas stop as soon as one of them does.', {
      evidence,
      remedies: [use(3, 'Run three.')],
    });
  if (count > 0 && count % 2 === 0)
    return warn(`${count} raft replicas survive no more than ${count - 1}.`, {
      evidence,
      remedies: [use(count + 1, `Run ${count + 1}.`), use(count - 1, `Or ${count - 1}.`)],
    });
  return pass(
    `${count} raft replicas survive the loss of ${Math.max(0, Math.ceil(count / 2) - 1)}.`,
  );
}

interface MemberChange {
  /** Of the StatefulSet. */
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

function judgeChange({ name, before, after }: MemberChange, target: CheckInput['target']): Verdict {
  if (before === after) return pass('Their number stays.');
  // All of them come back together, as they went.
  if (before === 0) return pass(`None runs; ${after} come back.`);
  const evidence = [`StatefulSet: ${before} replicas, ${after} wanted`];
  const step = after > before ? before + 1 : before - 1;
  const next: Remedy = {
    text: `Go step by step, and wait until every pod is ready: ${step} next.`,
    changes: [{ path: ['replicaCount'], value: step }],
  };
  // Two members are refused (XV-205): they survive nothing.
  const steps = Math.abs(after - before) > 1 && step !== 2 ? [next] : [];
  if (after === 0)
    return warn(`All ${before} members stop, and XERV with them; their claims are kept.`, {
      evidence,
      remedies: [
        { text: 'Keep these claims: the members come back with what is in them.' },
        { text: 'Or let them run.', changes: [{ path: ['replicaCount'], value: before }] },
      ],
    });
  if (after < before)
    return warn(`Raft shrinks from ${before} to ${after} members.`, {
      evidence,
      remedies: [
        ...steps,
        {
          text: 'When they have stopped, and before the number grows again, delete the claims of the members that went:',
          command: deleteCommand(memberClaims(name, after, before), target),
        },
      ],
    });
  if (after - before === 1) return pass('One member comes.', { evidence });
  return warn(`Raft grows from ${before} to ${after} members at once.`, {
    evidence,
    remedies: steps,
  });
}

/** A member that comes back with what it knew long ago disagrees with those that stayed. */
function judgeLeft(
  { name, before, after }: MemberChange,
  claims: readonly string[],
  target: CheckInput['target'],
): readonly Verdict[] {
  const left = memberClaims(name, before, after).filter((claim) => claims.includes(claim));
  if (left.length === 0) return [];
  const verdict = warn('Members that come would start with what earlier ones left.', {
    evidence: left.map((claim) => `claim ${claim}: there already, used by no member now`),
    remedies: [
      {
        text: 'Delete these claims first, unless you know that what they hold is of use:',
        command: deleteCommand(left, target),
      },
    ],
  });
  return [verdict];
}

/** Of the chart's template, `data`. */
function memberClaims(name: string, from: number, to: number): string[] {
  return claimNames('data', name, to).slice(from);
}

function deleteCommand(claims: readonly string[], { context, namespace }: CheckInput['target']) {
  const where = context === '' ? '' : ` --context ${context}`;
  return `kubectl${where} -n ${namespace} delete pvc ${claims.join(' ')}`;
}
