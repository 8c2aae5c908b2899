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
    title: 'The namespace is there or can be made',
    why: 'A namespace that is being deleted takes nothing new, and who may not create a missing one cannot install into it.',
    reads: 'the namespace and its phase; whether you may create namespaces',
    rules: [],
  },
  {
    id: 'XV-105',
    category: 'cluster',
    title: 'You may do what the change needs',
    why: 'helm would stop at the first object that you may not create, with half of the release made.',
    reads:
      'for each kind that is rendered, whether you may get, create, patch and delete it; Secrets, pods and claims',
    rules: [],
  },
  {
    id: 'XV-901',
    category: 'release',
    title: 'helm can change the release',
    why: 'helm refuses a release that somebody else is changing, that was half removed, or that belongs to another chart.',
    reads: "helm's record of the release",
    rules: [],
  },
  {
    id: 'XV-902',
    category: 'release',
    title: 'No object of the same name belongs to somebody else',
    why: 'helm does not take over objects that it did not make, and stops there.',
    reads:
      'each rendered object that the release does not have yet, with its labels and annotations',
    rules: ['D83'],
  },
  {
    id: 'XV-903',
    category: 'release',
    title: 'No field that is fixed for ever would change',
    why: 'Kubernetes lets nobody change selectors, claim templates and some other fields of an object that exists; the upgrade would fail half way.',
    reads: 'the live workload and claims, against what is rendered',
    rules: ['D14'],
    mend: mendFixedField,
  },
  {
    id: 'XV-201',
    category: 'backend',
    title: 'The backend’s address is one of yours',
    why: 'The addresses in the presets and in the documentation are placeholders: no pod could reach them.',
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
    title: 'The volumes can be made',
    why: 'Pods wait for their volumes. Without a StorageClass that makes them, they stay Pending for ever.',
    reads: 'the claims that are rendered; the StorageClasses and which of them is the default',
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
