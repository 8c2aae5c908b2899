import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalFlag } from '../../objects/parts.ts';
import type { FactValue } from '../facts.ts';
import { gathering, take, takeAll } from '../gathering.ts';
import { emptyWhereAbsent } from '../reader.ts';
import { labelSelector } from '../selectors.ts';
import { readGroups } from '../served.ts';

type Monitor = FactValue<'monitors'>['monitors'][number];

const group = 'monitoring.coreos.com';

const monitor = z.object({
  metadata: objectMetadata,
  spec: z.object({
    selector: labelSelector,
    namespaceSelector: z.optional(
      z.nullable(z.object({ any: optionalFlag, matchNames: listOf(z.string()) })),
    ),
  }),
});

/** ServiceMonitors, PodMonitors and ScrapeConfigs of every namespace: what Prometheus is told to collect. */
export const gatherMonitors = gathering<'monitors'>(async ({ reader }) => {
  const served = (await readGroups(reader)).some(({ name }) => name === group);
  if (!served) return { monitors: [], scrapeConfigs: 0 };
  const [services, pods, scrapeConfigs] = await takeAll([
    reader.list(`/apis/${group}/v1/servicemonitors`, monitor),
    reader.list(`/apis/${group}/v1/podmonitors`, monitor),
    reader.listMetadata(`/apis/${group}/v1alpha1/scrapeconfigs`),
  ]);
  return {
    monitors: [
      ...take(emptyWhereAbsent(services)).map((one) => toMonitor('ServiceMonitor', one)),
      ...take(emptyWhereAbsent(pods)).map((one) => toMonitor('PodMonitor', one)),
    ],
    scrapeConfigs: take(emptyWhereAbsent(scrapeConfigs)).length,
  };
});

function toMonitor(kind: Monitor['kind'], { metadata, spec }: z.infer<typeof monitor>): Monitor {
  const namespace = metadata.namespace ?? '';
  const { any, matchNames = [] } = spec.namespaceSelector ?? {};
  const { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': home } =
    metadata.annotations;
  return {
    kind,
    namespace,
    name: metadata.name,
    selector: spec.selector,
    namespaces: any ? null : matchNames.length > 0 ? matchNames : [namespace],
    owner: release === undefined ? '' : `${home ?? namespace}/${release}`,
  };
}
