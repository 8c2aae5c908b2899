import * as z from 'zod/mini';
import { readYaml } from '../../../values/read-yaml.ts';
import { optionalFlag, text } from '../../objects/parts.ts';
import { configMap } from '../../objects.ts';
import { readControllers, readWorkloads } from '../controllers.ts';
import { gathering, take, takeAll, takeIfThere } from '../gathering.ts';
import { readNamespaceMetadata } from '../namespace-object.ts';
import type { FactReader } from '../reader.ts';
import { byLabels, byName } from '../selectors.ts';
import { readGroups } from '../served.ts';

const groups = ['linkerd.io', 'policy.linkerd.io'];

const requested = z.optional(
  z.nullable(z.object({ request: z.optional(z.nullable(z.union([z.string(), z.number()]))) })),
);

/** The values that Linkerd was installed with, which it keeps in ConfigMap linkerd-config. */
const linkerdValues = z.object({
  clusterDomain: z._default(z.string(), 'cluster.local'),
  cniEnabled: optionalFlag,
  proxy: z._default(
    z.object({
      opaquePorts: text,
      defaultInboundPolicy: text,
      resources: z.optional(z.nullable(z.object({ cpu: requested, memory: requested }))),
    }),
    { opaquePorts: '', defaultInboundPolicy: '' },
  ),
});

export const gatherLinkerd = gathering<'linkerd'>(async ({ reader, subject }) => {
  const served = (await readGroups(reader)).some(({ name }) => groups.includes(name));
  const namespace = await readNamespaceMetadata(reader, subject.namespace);
  if (!served)
    return {
      served,
      controllers: [],
      clusterDomain: '',
      opaquePorts: '',
      defaultInboundPolicy: '',
      proxyRequests: {},
      cni: false,
      injectsNamespace: false,
    };
  const [controllers, cnis] = await takeAll([
    readControllers(reader, [byLabels('linkerd.io/control-plane-component')]),
    readWorkloads(reader, 'daemonsets', byName('linkerd-cni')),
  ]);
  const values = parseLinkerdValues(await readConfig(reader, controllers[0]?.namespace));
  const inject = take(namespace).annotations['linkerd.io/inject'] ?? '';
  return {
    served,
    controllers,
    clusterDomain: values.clusterDomain,
    opaquePorts: values.proxy.opaquePorts,
    defaultInboundPolicy: values.proxy.defaultInboundPolicy,
    proxyRequests: proxyRequestsOf(values),
    cni: cnis.length > 0 || values.cniEnabled === true,
    injectsNamespace: ['enabled', 'ingress'].includes(inject),
  };
});

async function readConfig(
  reader: FactReader,
  namespace: string | undefined,
): Promise<string | undefined> {
  if (!namespace) return undefined;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/linkerd-config`;
  return takeIfThere(await reader.get(path, configMap))?.data.values;
}

/** @param text YAML; what it leaves out has Linkerd's defaults, as far as they count */
export function parseLinkerdValues(text: string | undefined) {
  return z.parse(linkerdValues, (text && readYaml(text)[0]) || {});
}

/** What each proxy requests by these values; an empty text is none. */
export function proxyRequestsOf({
  proxy: { resources },
}: ReturnType<typeof parseLinkerdValues>): Record<string, string> {
  return Object.fromEntries(
    (['cpu', 'memory'] as const).flatMap((of) => {
      const amount = resources?.[of]?.request ?? '';
      return amount === '' ? [] : [[of, String(amount)]];
    }),
  );
}
