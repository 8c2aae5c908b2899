import type { FactValue } from '../../cluster/facts/facts.ts';

/**
 * Labels of nodes that somebody adds when pods wait: node groups of the clouds, Karpenter.
 * Whether the group really grows only its owner knows.
 */
const groupLabels = [
  'karpenter.sh/nodepool',
  'eks.amazonaws.com/nodegroup',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
];

/** The label by which nodes may be of a group that grows; undefined where none has any. */
export const mayGrow = ({ seen }: FactValue<'nodes'>): string | undefined =>
  groupLabels.find((key) => seen.some(({ labels }) => labels[key]));
