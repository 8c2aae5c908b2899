import * as z from 'zod/mini';
import { listOf } from '../../objects/parts.ts';
import { gathering } from '../gathering.ts';
import type { FactReader } from '../reader.ts';
import { servedVersion } from '../served.ts';

const resourceList = z.object({ resources: listOf(z.object({ name: z.string() })) });

/** The metrics that autoscalers can ask for, as the adapters that serve them list them. */
export const gatherServedMetrics = gathering<'servedMetrics'>(async ({ reader }) => {
  const [custom, external] = await Promise.all([
    readNames(reader, 'custom.metrics.k8s.io'),
    readNames(reader, 'external.metrics.k8s.io'),
  ]);
  return { custom, external };
});

async function readNames(reader: FactReader, group: string): Promise<string[] | null> {
  const version = await servedVersion(reader, group);
  if (!version) return null;
  const answer = await reader.get(`/apis/${group}/${version}`, resourceList);
  return answer.ok ? answer.value.resources.map(({ name }) => name) : null;
}
