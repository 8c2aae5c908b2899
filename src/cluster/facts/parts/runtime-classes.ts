import * as z from 'zod/mini';
import { listOf, mapOf, objectMetadata, quantities } from '../../objects/parts.ts';
import type { FactValue } from '../facts.ts';
import type { FactSubject } from '../gather.ts';
import { gathering, take } from '../gathering.ts';
import { toleration } from '../node-choice.ts';
import type { FactReader } from '../reader.ts';

const runtimeClass = z.object({
  metadata: objectMetadata,
  overhead: z._default(z.object({ podFixed: quantities }), { podFixed: {} }),
  scheduling: z._default(
    z.object({ nodeSelector: mapOf(z.string()), tolerations: listOf(toleration) }),
    { nodeSelector: {}, tolerations: [] },
  ),
});

const read = (reader: FactReader) =>
  reader.list('/apis/node.k8s.io/v1/runtimeclasses', runtimeClass);

export const gatherRuntimeClasses = gathering<'runtimeClasses'>(async ({ reader }) =>
  take(await read(reader)).map(toFact),
);

function toFact({
  metadata: { name },
  overhead: { podFixed },
  scheduling,
}: z.infer<typeof runtimeClass>): FactValue<'runtimeClasses'>[number] {
  const overhead = Object.entries(podFixed).map(([key, amount]) => [key, String(amount)]);
  return { name, overhead: Object.fromEntries(overhead), ...scheduling };
}

/** Where pods may run, with what their RuntimeClass adds; as written where it cannot be seen. */
export async function withRuntimeClass(
  reader: FactReader,
  { runtimeClassName, ...pod }: FactSubject['pod'],
): Promise<FactSubject['pod']> {
  const found = runtimeClassName ? await read(reader) : undefined;
  const chosen = found?.ok
    ? found.value.find(({ metadata }) => metadata.name === runtimeClassName)
    : undefined;
  if (!chosen) return pod;
  const { nodeSelector, tolerations } = chosen.scheduling;
  return {
    ...pod,
    nodeSelector: { ...nodeSelector, ...pod.nodeSelector },
    tolerations: [...pod.tolerations, ...tolerations],
  };
}
