import type { CheckInput, Verdict } from '../types.ts';
import { withFact } from '../verdicts.ts';
import { type PodGroup, podGroups } from './pods.ts';
import { namesRuntimeClass, withRuntimeClass } from './runtime-class.ts';

/** The facts that pods of a RuntimeClass need. */
export const runtimeClassesFor = (objects: CheckInput['objects']) =>
  podGroups(objects, {}).some(namesRuntimeClass) ? (['runtimeClasses'] as const) : [];

/** Judges on the pods as the API server makes them; unknown where their RuntimeClass is not known. */
export function withGroups(
  input: CheckInput,
  judge: (groups: readonly PodGroup[]) => Verdict | readonly Verdict[],
): Verdict | readonly Verdict[] {
  const groups = podGroups(input.objects, namespaceLabels(input));
  if (!groups.some(namesRuntimeClass)) return judge(groups);
  return withFact(input.facts, 'runtimeClasses', 'the RuntimeClasses', (classes) =>
    judge(groups.map((group) => withRuntimeClass(group, classes))),
  );
}

/** Empty where they could not be seen: then only the pods' own labels tell of a mesh. */
export function namespaceLabels({ facts }: CheckInput): Readonly<Record<string, string>> {
  return facts.namespace?.state === 'known' ? facts.namespace.value.labels : {};
}
