import type { FactSubject } from '../gather.ts';
import { gathering, takeAll, takeIfThere } from '../gathering.ts';
import { readReadyEndpoints, readService } from '../service-object.ts';

/** Whether the Services that addresses in the values name are there, and whether anybody answers. */
export const gatherServices = gathering<'services', FactSubject>(async ({ reader, subject }) => {
  const entries = await takeAll(
    subject.services.map(async (reference) => {
      const [service, endpoints] = await Promise.all([
        readService(reader, reference),
        readReadyEndpoints(reader, reference),
      ]);
      const found = takeIfThere(service);
      const hasEndpoints = found?.spec.type !== 'ExternalName' && endpoints.ok;
      // Labels that prometheus-operator gives to the pods of a Prometheus.
      const { 'operator.prometheus.io/name': named, prometheus: short } =
        found?.spec.selector ?? {};
      const prometheus = named ?? short;
      return [
        `${reference.namespace}/${reference.name}`,
        {
          exists: found !== undefined,
          ports: found?.spec.ports.map(({ port }) => port) ?? [],
          readyEndpoints: hasEndpoints ? endpoints.value : null,
          ...(prometheus ? { prometheus } : {}),
        },
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
});
