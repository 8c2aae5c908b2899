import { type Mend, mendClass, mendFixedField } from '../obstacle-remedies.ts';
import type { Check } from '../types.ts';
import { fail, pass, unknown, withFact } from '../verdicts.ts';

interface ObstacleCheck
  extends Pick<Check, 'id' | 'category' | 'title' | 'why' | 'reads' | 'rules'> {
  /** Changes of values that get it out of the way. */
  readonly mend?: Mend;
}

/**
 * What would stop helm in the middle of its work. Looking for it needs the rendered objects and
 * many small questions, so the cluster is asked about the obstacles themselves.
 */
const table: readonly ObstacleCheck[] = [
  {
    id: 'XV-101',
    category: 'cluster',
    title: 'The namespace exists or can be created',
    why: 'A namespace that is being deleted accepts nothing new, and a missing one can be installed into only by users who may create it.',
    reads: 'the namespace and its phase; whether you may create namespaces',
    rules: [],
  },
  {
    id: 'XV-105',
    category: 'cluster',
    title: 'You may do what the change needs',
    why: 'helm would stop at the first object you may not create, with half of the release created.',
    reads:
      'for each kind that is rendered, whether you may get, create, patch and delete it; Secrets, pods and claims',
    rules: [],
  },
  {
    id: 'XV-901',
    category: 'release',
    title: 'helm can change the release',
    why: 'helm refuses a release that is being changed by someone else, was half removed, or belongs to another chart.',
    reads: "helm's release record",
    rules: [],
  },
  {
    id: 'XV-902',
    category: 'release',
    title: 'No object of the same name has another owner',
    why: 'helm does not take over objects it did not create, and stops there.',
    reads:
      'each rendered object that the release does not have yet, with its labels and annotations',
    rules: ['D83'],
  },
  {
    id: 'XV-903',
    category: 'release',
    title: 'No immutable field would change',
    why: 'Selectors, claim templates and some other fields of an existing object are immutable; the upgrade would fail halfway.',
    reads: 'the live workload and claims, compared with what is rendered',
    rules: ['D14'],
    mend: mendFixedField,
  },
  {
    id: 'XV-201',
    category: 'backend',
    title: 'The backend’s address is not a placeholder',
    why: 'The addresses in presets and documentation are placeholders that no pod can reach.',
    reads: 'dispatch.redis.url, dispatch.nats.url; the Service of that name',
    rules: [],
  },
  {
    id: 'XV-202',
    category: 'backend',
    title: 'The Secrets and ConfigMaps that the pods need exist',
    why: 'A container whose Secret, ConfigMap or key is missing does not start.',
    reads: 'names and keys of the Secrets and ConfigMaps that the rendered pods refer to',
    rules: [],
  },
  {
    id: 'XV-301',
    category: 'storage',
    title: 'The volumes can be provisioned',
    why: 'Pods wait for their volumes. Without a StorageClass that provisions them, they stay Pending forever.',
    reads: 'the rendered claims; the StorageClasses and which of them is the default',
    rules: ['D07'],
    mend: mendClass,
  },
];

export const obstacleChecks: readonly Check[] = table.map(({ mend, ...check }) => ({
  ...check,
  anyChart: true,
  applies: () => true,
  needs: (input) => ['obstacles', ...(mend?.needs(input) ?? [])],
  run: (input) =>
    withFact(input.facts, 'obstacles', 'what stands in the way', (obstacles) => {
      const found = obstacles.filter((obstacle) => obstacle.check === check.id);
      if (found.length === 0) return pass(`${check.title}.`);
      return found.map((obstacle) => {
        const { message, why, next } = obstacle;
        const remedies = [
          ...(next ? [{ text: next }] : []),
          ...(mend?.remedies(input, obstacle) ?? []),
        ];
        return (obstacle.isUnknown ? unknown : fail)(message, {
          ...(why ? { evidence: [why] } : {}),
          ...(remedies.length > 0 ? { remedies } : {}),
        });
      });
    }),
}));
