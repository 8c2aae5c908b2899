import type { Pod } from '../../cluster/objects.ts';
import { kubectlCommand } from '../command-text.ts';
import { type CauseContext, eventsOf, oneLine, quoteEvent, type Suspicion } from './suspicion.ts';

/** Events by which autoscalers say that a node is on its way (cluster-autoscaler, Karpenter). */
const nodeIsComing = /^(?:TriggeredScaleUp|Nominated)$/;

/** A pod that no node takes. What waits for its claim is the claim's matter. */
export function findSchedulingCauses(pod: Pod, context: CauseContext): Suspicion[] {
  const scheduled = pod.status.conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return [];
  const said = oneLine(scheduled.message);
  if (/persistentvolumeclaim/i.test(said) && !/insufficient|affinity|taint/i.test(said)) return [];
  const scaling = eventsOf(context.snapshot, pod.metadata, nodeIsComing);
  const declined = eventsOf(context.snapshot, pod.metadata, /^NotTriggerScaleUp$/);
  const { name } = pod.metadata;
  return [
    {
      key: `${pod.metadata.uid}/unschedulable`,
      group: `unschedulable ${said.replace(/\d+/g, '#')}`,
      settles: scaling.length > 0 ? 'never' : 'unschedulable',
      diagnosis: {
        cause: 'unschedulable',
        object: `Pod ${name}`,
        message:
          scaling.length > 0
            ? `${name} is waiting for a node that the autoscaler is adding`
            : `${name} fits on no node${explain(said)}`,
        evidence: [said, ...[...scaling, ...declined].map(quoteEvent)].map(context.redact),
        next: nextStep(said, name, context),
      },
    },
  ];
}

function explain(said: string): string {
  if (/didn't match pod anti-affinity/i.test(said))
    return ': there are fewer free nodes than replicas that must run apart';
  if (/insufficient/i.test(said)) return ': none has enough free CPU or memory';
  if (/untolerated taint/i.test(said)) return ': free nodes have taints that it does not tolerate';
  if (/node affinity|node selector/i.test(said)) return ': none has the labels that it requires';
  return '';
}

function nextStep(said: string, pod: string, { target }: CauseContext): string {
  if (/didn't match pod anti-affinity/i.test(said))
    return 'Add nodes, lower replicaCount, or make the anti-affinity preferred instead of required.';
  if (/insufficient/i.test(said)) return 'Add nodes or lower resources.requests.';
  if (/taint/i.test(said)) return 'Set tolerations for these taints, or add nodes without them.';
  if (/node affinity|node selector/i.test(said))
    return 'Set nodeSelector and affinity to labels that nodes have.';
  return `See what the scheduler reports: ${kubectlCommand(target, 'describe', 'pod', pod)}`;
}
