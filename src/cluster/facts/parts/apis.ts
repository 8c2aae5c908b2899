import * as z from 'zod/mini';
import { knownKinds } from '../../resources.ts';
import type { FactSubject } from '../gather.ts';
import { gathering, takeAll, takeIfThere } from '../gathering.ts';
import { readGroups } from '../served.ts';

const resourceList = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string() })),
});

/** Groups whose kinds checks ask about, whether or not an object of theirs is rendered. */
const addOnGroups: ReadonlySet<string> = new Set([
  'autoscaling.k8s.io',
  'gateway.networking.k8s.io',
  'grafana.integreatly.org',
  'keda.sh',
  'linkerd.io',
  'monitoring.coreos.com',
  'networking.istio.io',
  'policy.linkerd.io',
  'route.openshift.io',
  'security.istio.io',
  'split.smi-spec.io',
]);

/** Groups and versions that are served, with the kinds of those that the values may need. */
export const gatherApis = gathering<'apis', FactSubject>(async ({ reader, subject }) => {
  // Kinds that every cluster has need not be asked for; their groups' lists are long.
  const wanted = new Set(
    subject.kinds
      .filter(({ apiVersion, kind }) => !knownKinds(apiVersion).includes(kind))
      .map(({ apiVersion }) => apiVersion),
  );
  const served = (await readGroups(reader)).flatMap(({ name, versions }) =>
    versions.map((version) => ({ group: name, apiVersion: `${name}/${version}` })),
  );
  const kinds = await takeAll(
    [{ group: '', apiVersion: 'v1' }, ...served].map(async ({ group, apiVersion }) => {
      if (!addOnGroups.has(group) && !wanted.has(apiVersion))
        return knownKinds(apiVersion).map((kind) => `${apiVersion}/${kind}`);
      const path = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
      const list = takeIfThere(await reader.get(path, resourceList));
      const main = (list?.resources ?? []).filter(({ name }) => !name.includes('/'));
      return main.map(({ kind }) => `${apiVersion}/${kind}`);
    }),
  );
  return ['v1', ...served.map(({ apiVersion }) => apiVersion), ...new Set(kinds.flat())];
});
