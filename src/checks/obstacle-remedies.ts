import type { FactName, FactValue } from '../cluster/facts/facts.ts';
import type { Path } from '../values/tree.ts';
import { classPath } from './storage-class.ts';
import type { CheckInput, Remedy } from './types.ts';

type Obstacle = FactValue<'obstacles'>[number];

/** A change of values that gets an obstacle out of the way, and what it needs to see for that. */
export interface Mend {
  readonly needs: (input: Omit<CheckInput, 'facts'>) => readonly FactName[];
  readonly remedies: (input: CheckInput, obstacle: Obstacle) => readonly Remedy[];
}

const change = (text: string, path: Path, value: unknown): Remedy => ({
  text,
  changes: [{ path, value }],
});

/** A class that is there in place of one that is not. */
export const mendClass: Mend = {
  needs: ({ values }) => (classPath(values) ? ['storageClasses'] : []),
  remedies: ({ values, facts: { storageClasses } }) => {
    const path = classPath(values);
    if (!path || storageClasses?.state !== 'known') return [];
    const usual = storageClasses.value.find(({ isDefault }) => isDefault);
    if (usual) return [change(`Take the cluster's default class, ${usual.name}.`, path, undefined)];
    // One whose volumes can grow, if there is one.
    const [first] = [...storageClasses.value].sort(
      (one, other) => Number(other.allowVolumeExpansion) - Number(one.allowVolumeExpansion),
    );
    return first ? [change(`Use class ${first.name}.`, path, first.name)] : [];
  },
};

/** What is live, in place of a change that nobody may make. */
export const mendFixedField: Mend = {
  needs: ({ live }) => (live ? ['workload', 'claims'] : []),
  remedies: (input, { where = '' }) => {
    const { workload, claims } = input.facts;
    const back = (path: Path, value: unknown) => [
      change(`Leave it at ${value === undefined ? 'the default' : value}.`, path, value),
    ];
    const section = input.values.dispatch.backend === 'raft' ? 'storage' : 'persistence';
    const ofSet = workload?.state === 'known' ? workload.value?.claimTemplates.at(0) : undefined;
    const ofClaims = claims?.state === 'known' ? claims.value.at(0) : undefined;
    const live = section === 'storage' ? ofSet : ofClaims;
    if (where === 'spec.podManagementPolicy' && workload?.state === 'known' && workload.value)
      return back(['podManagementPolicy'], workload.value.podManagementPolicy);
    if (!live) return [];
    if (where.endsWith('requests.storage')) return back([section, 'size'], live.size);
    if (where.endsWith('storageClassName'))
      return back(classPath(input.values) ?? [section], live.storageClass || undefined);
    if (where.endsWith('accessModes')) return back([section, 'accessMode'], live.accessModes[0]);
    return [];
  },
};
