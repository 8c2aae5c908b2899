import { claimNames } from '../../stateful-set-claims.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';

const isRaft = ({ values }: Pick<CheckInput, 'values'>) => values.dispatch.backend === 'raft';

/** How many members a raft cluster has. */
export const raftChecks: readonly Check[] = [
  {
    id: 'XV-205',
    category: 'backend',
    title: 'The number of raft replicas tolerates a failure',
    why: 'Raft works while more than half of its members are up: three survive the loss of one, five of two. An even number adds cost but no safety; two survive no loss.',
    reads: 'dispatch.backend, replicaCount',
    rules: ['D03', 'D04'],
    applies: isRaft,
    needs: () => [],
    run: ({ values: { replicaCount } }) => judgeMembers(replicaCount),
  },
  {
    id: 'XV-209',
    category: 'backend',
    title: 'Raft members join and leave one at a time',
    why: 'Raft members agree on who belongs to the cluster. Changing several at once can lose the majority, and the volume of a removed member holds stale state if it comes back.',
    reads: 'replicaCount; the live StatefulSet’s replicas, and existing claims',
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
    return warn('One raft replica: XERV is down whenever it is.', {
      evidence,
      remedies: [use(3, 'Run three.')],
    });
  if (count === 2)
    return fail('Two raft replicas stop as soon as one of them is down.', {
      evidence,
      remedies: [use(3, 'Run three.')],
    });
  if (count > 0 && count % 2 === 0)
    return warn(`${count} raft replicas tolerate no more failures than ${count - 1} do.`, {
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
  if (before === after) return pass('The number does not change.');
  // All of them come back together, as they went.
  if (before === 0) return pass(`None runs; ${after} come back.`);
  const evidence = [`StatefulSet: ${before} replicas, ${after} wanted`];
  const step = after > before ? before + 1 : before - 1;
  const next: Remedy = {
    text: `Change one step at a time, and wait until every pod is ready: ${step} next.`,
    changes: [{ path: ['replicaCount'], value: step }],
  };
  // Two members are refused (XV-205): they survive nothing.
  const steps = Math.abs(after - before) > 1 && step !== 2 ? [next] : [];
  if (after === 0)
    return warn(`All ${before} members stop, and XERV with them; their claims are kept.`, {
      evidence,
      remedies: [
        { text: 'Keep these claims: the members need them to come back.' },
        { text: 'Or keep them running.', changes: [{ path: ['replicaCount'], value: before }] },
      ],
    });
  if (after < before)
    return warn(`Raft shrinks from ${before} to ${after} members.`, {
      evidence,
      remedies: [
        ...steps,
        {
          text: 'When they have stopped, and before scaling up again, delete the claims of the removed members:',
          command: deleteCommand(memberClaims(name, after, before), target),
        },
      ],
    });
  if (after - before === 1) return pass('One member joins.', { evidence });
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
  const verdict = warn('New members would start with the data of earlier ones.', {
    evidence: left.map((claim) => `claim ${claim}: exists already, not used by a current member`),
    remedies: [
      {
        text: 'Delete these claims first, unless you need their data:',
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
